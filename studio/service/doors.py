"""Opening what a run names: a model in this process, behind servers or in a vLLM of the studio's own; and a judge."""

from collections.abc import Hashable
from dataclasses import replace
from functools import partial

from studio.core.embedding import Embedder
from studio.core.engine import Engine, Opening, Silence
from studio.core.errors import BadInput, ModelError
from studio.core.judge import Judge
from studio.core.run import RunSpec
from studio.core.visits import Visits
from studio.engines import EMBEDDED, open_embedder, open_engine, open_sliced, zerogpu_here
from studio.engines.server import open_server
from studio.servers import Access, base_urls, key_of, offered_models
from studio.service.catalogue import Shelf
from studio.service.serving import check_managed, is_managed, open_managed, options_of
from studio.settings import Settings


class Doors:
    """Opens models and judges by the names that runs and people use."""

    def __init__(self, settings: Settings, shelf: Shelf, visits: Visits) -> None:
        """`visits` are those whose requests may borrow a GPU, on a Space with ZeroGPU."""
        self._settings = settings
        self._shelf = shelf
        self._silence = Silence()
        self._judge_silence: dict[str, Silence] = {}  # by the judge's name
        self._visits = visits
        self._zero = settings.zero_gpu and zerogpu_here()

    def engine(self, spec: RunSpec, opening: Opening) -> Engine:
        """The model of a run. Raises ModelError and its kin, Cancelled."""
        if is_managed(spec.model):
            return open_managed(spec, self._settings, opening)
        if spec.servers:
            access = replace(self._access(spec.servers, spec.key_env), on_silence=self._hear)
            return open_server(spec.model, access, self._settings.home / "handed-over")
        opened = partial(
            open_engine,
            spec.model,
            models_dir=self._shelf.models_dir,
            revision=spec.revision,
            trusted=self._settings.trusted,
            on_progress=opening.say,
        )
        settings = spec.settings
        if self._zero and settings.device != "cpu":
            # The embedded model needs no GPU, and nobody's quota goes on it.
            if spec.model != EMBEDDED:
                return open_sliced(opened, settings, self._visits)
            settings = replace(settings, device="cpu")
        return opened(settings=settings)

    def engine_key(self, spec: RunSpec) -> Hashable:
        """Runs of one key can share an engine: a vLLM is started for so many pictures in a question, a model in this
        process takes any number."""
        if is_managed(spec.model):
            return (spec.model, options_of(spec, spec.model, self._settings.home))
        if spec.servers:
            return (spec.model, spec.servers, spec.key_env)
        return (spec.model, spec.revision, spec.settings.dtype, spec.settings.device)

    def silence(self, spec: RunSpec) -> Silence:
        """Which servers of the run that is going on do not answer now."""
        return self._silence if self._silence.all_urls <= set(spec.servers) else Silence()

    def judge_silence(self, spec: RunSpec) -> Silence:
        """Which servers of the run's judge do not answer now."""
        return self._judge_silence.get(spec.judge, Silence())

    def judge(self, name: str) -> Judge:
        """A judge by name. Raises ModelError, BadInput."""
        from studio.judges import open_judge

        return open_judge(
            name,
            models_dir=self._shelf.models_dir,
            key=self._settings.judge_key,
            patience_s=self._settings.server_patience_s,
            on_silence=partial(self._judge_silence.__setitem__, name),
            # On ZeroGPU torch says that there is a GPU, and outside of a visitor's slice there is none.
            device="cpu" if self._zero else "auto",
        )

    def embedder(self, name: str) -> Embedder:
        """What turns texts into vectors, by name. Raises ModelError, BadInput."""
        return open_embedder(
            name,
            models_dir=self._shelf.models_dir,
            trusted=self._settings.trusted,
            device="cpu" if self._zero else "auto",
            key=self._settings.embed_key,
            patience_s=self._settings.server_patience_s,
        )

    def addressed(self, spec: RunSpec) -> RunSpec:
        """The spec as it will be kept: with whole addresses, and where no name was given with that of the servers' only
        model. Raises BadInput and ModelError for what can be known to fail already; of servers that are silent at the
        moment nothing can: they may be up when the run's turn comes."""
        if is_managed(spec.model):
            check_managed(spec, self._settings)
        if not spec.servers:
            return spec
        servers = base_urls(spec.servers)
        access = self._access(servers, spec.key_env)
        model = spec.model.strip()
        if model == EMBEDDED:
            raise BadInput("server_embedded")
        return replace(spec, servers=servers, model=_named(model, access))

    def offered(self, servers: tuple[str, ...], key_env: str) -> dict[str, list[str]]:
        """The models that servers offer, by base URL. Raises BadInput, ModelError when none answers."""
        return dict(offered_models(self._access(base_urls(servers), key_env)))

    def _hear(self, silence: Silence) -> None:
        self._silence = silence

    def _access(self, servers: tuple[str, ...], key_env: str) -> Access:
        return Access(servers, key_of(key_env), self._settings.server_patience_s)


def _named(model: str, access: Access) -> str:
    """The name by which all servers that answer know the model; the only one there is, where none was given.

    Raises BadInput where a name is needed, ModelError for one that a server does not list, or where none was given and
    no server answers.
    """
    try:
        offers = offered_models(access)
    except ModelError:
        if model:
            return model
        raise
    if not model:
        offered = sorted({name for names in offers.values() for name in names})
        if len(offered) != 1:
            raise BadInput("server_model_unnamed", offered=", ".join(offered))
        return offered[0]
    for url, names in offers.items():
        if names and model not in names:
            raise ModelError("server_no_such_model", url=url, model=model, offered=", ".join(names))
    return model
