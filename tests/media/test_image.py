"""Pictures of every kind come out as upright RGB, or with a clear error."""

from pathlib import Path

import pytest

from studio.core.content import Box
from studio.core.errors import MediaError
from studio.media import load_image, probe

MERA = Path(__file__).parents[2].parent / "shared" / "mera" / "samples"


def corner(image):
    return image.getpixel((0, 0))


@pytest.mark.parametrize(
    ("name", "mode", "color", "expected"),
    [
        ("a.png", "RGB", (10, 20, 30), (10, 20, 30)),
        ("a.png", "L", 77, (77, 77, 77)),
        ("a.png", "1", 1, (255, 255, 255)),
        ("a.png", "RGBA", (200, 0, 0, 0), (255, 255, 255)),
        ("a.png", "RGBA", (0, 0, 0, 255), (0, 0, 0)),
        ("a.png", "LA", (0, 0), (255, 255, 255)),
        ("a.png", "I;16", 0x8080, (128, 128, 128)),
        ("a.tiff", "I;16", 65535, (255, 255, 255)),
        ("a.tiff", "F", 0.5, (127, 127, 127)),
        ("a.bmp", "RGB", (10, 20, 30), (10, 20, 30)),
        ("a.webp", "RGB", (255, 255, 255), (255, 255, 255)),
        ("a.gif", "P", 0, (0, 0, 0)),
        ("a.tiff", "CMYK", (0, 0, 0, 255), (0, 0, 0)),
    ],
)
def test_every_mode_becomes_rgb(picture, name, mode, color, expected):
    loaded = load_image(picture(name, mode=mode, color=color))
    assert loaded.image.mode == "RGB" and corner(loaded.image) == expected
    assert (loaded.note["width"], loaded.note["height"]) == (40, 30)


def test_a_transparent_palette_lies_on_white(tmp_path):
    from PIL import Image

    image = Image.new("P", (8, 8), 0)
    image.putpalette([0, 0, 0] * 256)
    image.save(tmp_path / "a.png", transparency=0)
    assert corner(load_image(tmp_path / "a.png").image) == (255, 255, 255)


def test_a_png_called_jpg_is_read_by_its_content(picture):
    path = picture("a.png")
    loaded = load_image(path.rename(path.with_suffix(".jpg")))
    assert loaded.note["format"] == "png" and corner(loaded.image) == (255, 0, 0)


def test_orientation_is_applied(tmp_path):
    from PIL import Image

    image = Image.new("RGB", (40, 20), "white")
    image.paste("black", (0, 0, 10, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to see it upright
    image.save(tmp_path / "a.png", exif=exif)
    upright = load_image(tmp_path / "a.png").image
    assert upright.size == (20, 40)
    assert corner(upright) == (0, 0, 0) and upright.getpixel((0, 39)) == (255, 255, 255)


def test_the_first_frame_of_an_animation_is_taken_and_recorded(tmp_path):
    from PIL import Image

    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green", "blue")]
    for name in ("a.gif", "a.webp", "a.png"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], lossless=True)
        loaded = load_image(tmp_path / name)
        assert (corner(loaded.image), loaded.note["frames"]) == ((255, 0, 0), 3), name
        assert probe(tmp_path / name).frames == 3


@pytest.mark.parametrize(
    ("size", "box", "expected"),
    [
        ((40, 30), Box(), (40, 30)),
        ((40, 30), Box(max_side=20), (20, 15)),
        ((40, 30), Box(max_side=400), (40, 30)),
        ((1000, 1), Box(max_side=100), (100, 1)),
        ((40, 30), Box(width=20), (20, 15)),
        ((40, 30), Box(height=20), (26, 20)),
        ((40, 30), Box(width=20, height=20), (20, 15)),
        ((30, 40), Box(width=20, height=20), (15, 20)),
        ((40, 30), Box(width=400, height=15), (20, 15)),
        ((40, 30), Box(width=400, height=300), (40, 30)),
        ((49, 49), Box(width=7), (7, 7)),
    ],
)
def test_pictures_are_reduced_and_never_enlarged(picture, size, box, expected):
    loaded = load_image(picture("a.png", size=size), box)
    assert loaded.image.size == expected
    assert (loaded.note["sent_width"], loaded.note["sent_height"]) == expected


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_picture_of_20000_pixels_is_reduced_while_it_is_read(picture, name):
    path = picture(name, size=(20_000, 1_000), mode="L", color=200)
    loaded = load_image(path, Box(max_side=1000))
    assert loaded.image.size == (1000, 50) and corner(loaded.image) == (200, 200, 200)
    assert loaded.note["width"] == 20_000
    assert max(load_image(path).image.size) <= 8192


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "I;16"])
def test_long_pictures_of_every_mode_are_reduced(picture, mode):
    color = {"1": 1, "P": 0, "RGBA": (0, 0, 0, 0), "I;16": 65535}[mode]
    loaded = load_image(picture("a.png", size=(10_000, 20), mode=mode, color=color))
    assert loaded.image.size == (8192, 16)
    assert corner(loaded.image) == ((0, 0, 0) if mode == "P" else (255, 255, 255))


def test_a_square_of_20000_pixels_is_read_from_a_jpeg(picture):
    path = picture("a.jpg", size=(20_000, 20_000), mode="L", color=90)
    assert load_image(path, Box(max_side=512)).image.size == (512, 512)


def test_a_decompression_bomb_is_refused_by_its_header(tmp_path, picture):
    import struct
    import zlib

    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = bytearray(picture("a.png").read_bytes())
    data[12:33] = header + struct.pack(">I", zlib.crc32(header))
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(data)
    for read in (load_image, probe):
        with pytest.raises(MediaError, match="media_too_large"):
            read(bomb)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif", "a.tiff"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_cut_off_picture_is_an_error_and_never_half_a_picture(tmp_path, cut, name, share):
    from PIL import Image

    Image.effect_noise((64, 64), 80).save(tmp_path / name)
    with pytest.raises(MediaError) as caught:
        load_image(cut(tmp_path / name, share))
    assert caught.value.problem.code in {"media_truncated", "media_broken", "media_unknown"}
    assert caught.value.problem.values["file"] == name


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "media_missing"),
        (b"", "media_empty"),
        (b"text " * 50, "media_unknown"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "media_truncated"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path, content, code):
    path = tmp_path / "a.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MediaError) as caught:
        load_image(path)
    assert caught.value.problem.code == code and str(tmp_path) not in str(caught.value)


def test_a_sound_called_png_is_no_picture(sound):
    path = sound("a.wav")
    with pytest.raises(MediaError, match=r"media_not_image.*wav"):
        load_image(path.rename(path.with_suffix(".png")))


def test_a_folder_is_no_picture(tmp_path):
    with pytest.raises(MediaError, match="media_missing"):
        load_image(tmp_path)


@pytest.mark.skipif(not MERA.is_dir(), reason="MERA's two sample records are not beside this checkout")
def test_meras_two_pictures_load():
    rgba = load_image(MERA / "ruCLEVR" / "samples" / "image0007.png")
    assert (rgba.note["mode"], rgba.image.mode, rgba.image.size) == ("RGBA", "RGB", (480, 320))
    large = load_image(MERA / "WEIRD" / "samples" / "image001.jpg", Box(max_side=512))
    assert (large.note["width"], large.image.size) == (1024, (512, 512))
