"""Whether a folder lies on a network's disk. SQLite and locks between processes need a disk of the machine itself: over
a network a file is torn, or two writers each believe that it is theirs."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
_NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "lustre", "gpfs", "beegfs", "afs", "ncpfs",
    "davfs", "virtiofs", "orangefs",
}  # fmt: skip
# File systems in the space of users are networks' (hf-mount, sshfs, rclone, s3fs, gcsfuse …) but for these.
_LOCAL_FUSE = {
    "fuse.fuse-overlayfs", "fuse.gocryptfs", "fuse.encfs", "fuse.mergerfs", "fuse.bindfs", "fuse.lxcfs",
}  # fmt: skip


def network_disk(path: Path, mounts: str | None = None) -> str:
    """The kind of a network's disk that a path lies on ("nfs4", "fuse.hf-mount"); empty for a disk of this machine, and
    where the system does not tell. `mounts` is a table as in /proc/mounts. What is mounted at the root is the machine's
    own, whatever it is called: containers have such."""
    if mounts is None:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace") if MOUNTS.exists() else ""
    place, found = path.resolve(), (Path("/"), "")
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(_unescaped(parts[1]))
        # of two mounts at one point the later one is seen
        if place.is_relative_to(point) and len(point.parts) >= len(found[0].parts):
            found = (point, parts[2])
    point, kind = found
    return kind if point != Path("/") and _networked(kind) else ""


def _networked(kind: str) -> bool:
    return kind in _NETWORK or kind == "fuse" or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE)


def _unescaped(text: str) -> str:
    """Spaces and the like stand in the table as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
