"""Engines: CTranslate2 says what torch says; conversion happens once; memory running out is survived."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from abstractive_fixtures import STORIES, tiny_bart

from summarize.errors import ModelError, OptionError
from summarize.models.checkpoints import resolve
from summarize.models.engines import Decoding, Engine, Generated, open_engine
from summarize.models.engines.base import pack

pytest.importorskip("ctranslate2")
pytest.importorskip("torch")


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.getbasetemp() / "summarize-cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZE_CACHE", str(folder))
        yield folder


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def random_inputs(seed: int, count: int = 8) -> list[list[int]]:
    generator = random.Random(seed)
    lengths = [generator.randrange(3, 200) for _ in range(count)]
    return [[0, *(generator.randrange(5, 800) for _ in range(length)), 2] for length in lengths]


@pytest.fixture(scope="module")
def both() -> tuple[Engine, Engine]:
    checkpoint = resolve(str(tiny_bart()))
    fast = open_engine(checkpoint, precision="float32", device="cpu")
    reference = open_engine(checkpoint, engine="torch", device="cpu", threads=1)
    assert (fast.name, reference.name) == ("ctranslate2", "torch")
    return fast, reference


@pytest.mark.parametrize(
    ("beams", "length_penalty", "least", "most", "ngram"),
    [
        (4, 2.0, 20, 60, 3),
        (4, 0.6, 0, 30, 0),
        (6, 1.0, 5, 12, 3),
        (4, 2.0, 40, 80, 0),
        (1, 1.0, 4, 40, 3),
    ],
)
def test_engines_agree_token_for_token(
    both: tuple[Engine, Engine], beams: int, length_penalty: float, least: int, most: int, ngram: int
) -> None:
    fast, reference = both
    decoding = Decoding(beams, most, least, length_penalty, ngram, candidates=beams)
    inputs = [*random_inputs(most, 6), *(fast.tokenizer.encode(story[0]) for story in STORIES)]
    ours, theirs = fast.generate(inputs, decoding), reference.generate(inputs, decoding)
    assert ours == theirs
    # Scores are of two matrix libraries; that of a single hypothesis is not asked for.
    scores, expected = ([[each.score for each in found] for found in engine] for engine in (ours, theirs))
    assert np.allclose(scores, expected, atol=2e-4)
    assert np.all(np.array(scores) < 0) == (beams > 1)


@pytest.mark.parametrize("beams", [1, 4])
@pytest.mark.parametrize("kind", ["t5", "pegasus"])
def test_engines_agree_on_other_architectures(kind: str, beams: int, tmp_path: Path) -> None:
    import torch
    import transformers

    torch.manual_seed(3)
    shared = {"vocab_size": 820, "d_model": 32, "num_heads": 2, "d_kv": 16, "d_ff": 64}
    if kind == "t5":
        config = transformers.T5Config(
            **shared, num_layers=2, decoder_start_token_id=3, pad_token_id=1, eos_token_id=2
        )
        model = transformers.T5ForConditionalGeneration(config)
    else:
        config = transformers.PegasusConfig(
            vocab_size=820, d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
            decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=256,
            decoder_start_token_id=1, pad_token_id=1, eos_token_id=2, forced_eos_token_id=None,
        )  # fmt: skip
        model = transformers.PegasusForConditionalGeneration(config)
        with torch.no_grad():
            model.final_logits_bias.normal_()
    transformers.AutoTokenizer.from_pretrained(tiny_bart()).save_pretrained(tmp_path)
    model.save_pretrained(tmp_path)
    checkpoint = resolve(str(tmp_path))
    fast = open_engine(checkpoint, precision="float32", device="cpu")
    reference = open_engine(checkpoint, engine="torch", device="cpu", threads=1)
    assert fast.name == "ctranslate2"
    # A random model writes its own start token, which only transformers counts in runs of tokens.
    decoding = Decoding(beams, 25, 3, 1.0, no_repeat_ngram=0, candidates=beams)
    ours, theirs = (engine.generate(random_inputs(5), decoding) for engine in (fast, reference))
    assert ours == theirs


def test_led_runs_in_torch(tmp_path: Path) -> None:
    import transformers

    config = transformers.LEDConfig(
        vocab_size=820, d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32, attention_window=[16],
        max_encoder_position_embeddings=512, max_decoder_position_embeddings=128,
    )  # fmt: skip
    transformers.LEDForConditionalGeneration(config).save_pretrained(tmp_path)
    transformers.AutoTokenizer.from_pretrained(tiny_bart()).save_pretrained(tmp_path)
    checkpoint = resolve(str(tmp_path))
    engine = open_engine(checkpoint, device="cpu")
    assert engine.name == "torch"
    assert len(engine.generate(random_inputs(1, 2), Decoding(2, 10))) == 2
    with pytest.raises(ModelError, match="--engine torch"):
        open_engine(checkpoint, engine="ctranslate2")


def test_conversion_happens_once_and_needs_no_torch_afterwards(cache: Path) -> None:
    checkpoint = resolve(str(tiny_bart()))
    open_engine(checkpoint, device="cpu")
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*") if path.is_file()}
    program = (
        "import sys; from summarize.models.checkpoints import resolve; from summarize.models.engines import *\n"
        f"engine = open_engine(resolve({str(tiny_bart())!r}), device='cpu')\n"
        f"ids = engine.generate([engine.tokenizer.encode({STORIES[0][0]!r})], Decoding(max_tokens=80))[0][0].ids\n"
        "print(engine.tokenizer.decode(ids)); assert not {'torch', 'transformers'} & set(sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == STORIES[0][1], run.stderr
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*") if path.is_file()} == before


def test_two_processes_convert_once_between_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZE_CACHE", str(tmp_path))
    program = (
        "from summarize.models.checkpoints import resolve; from summarize.models.engines import *\n"
        f"open_engine(resolve({str(tiny_bart())!r}), device='cpu')"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    messages = [run.communicate(timeout=120)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], messages
    assert sum("converting" in message for message in messages) == 1
    assert not list(tmp_path.rglob("*.partial"))


def test_what_a_killed_conversion_left_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from summarize.models.engines.convert import converted, target_of

    monkeypatch.setenv("SUMMARIZE_CACHE", str(tmp_path))
    checkpoint = resolve(str(tiny_bart()))
    left = target_of(checkpoint, "int8").with_suffix(".partial")
    left.mkdir(parents=True)
    (left / "model.bin").write_bytes(b"half")
    assert (converted(checkpoint, "int8") / "model.bin").stat().st_size > 1000
    assert not left.exists()


@pytest.mark.parametrize("name", ["generation.json", "vocabulary.json"])
def test_a_broken_conversion_says_how_to_mend_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarize.models.engines.convert import converted

    monkeypatch.setenv("SUMMARIZE_CACHE", str(tmp_path))
    checkpoint = resolve(str(tiny_bart()))
    for file in converted(checkpoint, "int8").glob(f"*{name}"):
        file.write_text("{")
    with pytest.raises(ModelError, match=r"is broken.*delete it and it is converted again|cannot load"):
        open_engine(checkpoint, device="cpu")


def test_a_changed_folder_is_converted_anew(tmp_path: Path) -> None:
    from summarize.models.engines.convert import target_of

    shutil.copytree(tiny_bart(), tmp_path / "model")
    first = target_of(resolve(str(tmp_path / "model")), "int8")
    (tmp_path / "model" / "model.safetensors").touch()
    assert target_of(resolve(str(tmp_path / "model")), "int8") != first


class Small(Engine):
    """An engine with room for so many tokens at once, which says so in the words of a runtime."""

    name, device, precision = "small", "cpu", "float32"

    def __init__(self, room: int, message: str = "CUDA out of memory. Tried to allocate") -> None:
        self.batch_tokens, self.room, self.message, self.runs = 1000, room, message, list[int]()

    def _run(self, inputs: Sequence[Sequence[int]], decoding: Decoding) -> list[list[Generated]]:
        self.runs.append(len(inputs))
        if len(inputs) * max(map(len, inputs)) > self.room:
            raise RuntimeError(self.message)
        return [[Generated(tuple(ids), True)] for ids in inputs]


@pytest.mark.parametrize("room", [13, 50, 10_000])
def test_out_of_memory_halves_the_batch_and_goes_on(room: int) -> None:
    inputs = [list(range(1, 2 + index % 13)) for index in range(60)]
    engine = Small(room)
    assert [found[0].ids for found in engine.generate(inputs, Decoding())] == [tuple(ids) for ids in inputs]
    failed = sum(engine.runs) > len(inputs)
    assert failed == (room < 10_000)
    assert len(engine.runs) < 3 * sum(map(len, inputs)) / room + 8


def test_an_input_beyond_memory_is_one_clear_error() -> None:
    with pytest.raises(ModelError, match=r"3 tokens does not fit into the memory of cpu"):
        Small(0).generate([[1, 2, 3]], Decoding())
    with pytest.raises(ModelError, match="illegal instruction"):
        Small(0, "illegal instruction").generate([[1], [2]], Decoding())


def test_batches_hold_every_index_once_within_the_budget() -> None:
    generator = random.Random(2)
    lengths = [generator.randrange(1, 300) for _ in range(500)]
    batches = list(pack(lengths, 900))
    assert sorted(index for batch in batches for index in batch) == list(range(500))
    assert all(len(batch) * max(lengths[i] for i in batch) <= 900 for batch in batches)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda folder: (folder / "config.json").unlink(), "lacks config.json"),
        (lambda folder: (folder / "model.safetensors").unlink(), "lacks weights"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "lacks a tokenizer"),
        (
            lambda folder: (folder / "config.json").write_text("{"),
            "cannot be read as a model's configuration",
        ),
        (lambda folder: (folder / "config.json").write_text("{}"), "names no model_type"),
        (lambda folder: truncate(folder / "model.safetensors"), "truncated"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "tokenizer"),
    ],
)
@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
def test_a_folder_that_is_no_model(broken: object, says: str, engine: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_bart(), folder)
    assert callable(broken)
    broken(folder)
    with pytest.raises(ModelError, match=says) as raised:
        open_engine(resolve(str(folder)), engine=engine, device="cpu")
    assert "\n" not in str(raised.value)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_a_decoder_only_model_is_refused(tmp_path: Path) -> None:
    import transformers

    config = transformers.GPT2Config(vocab_size=820, n_embd=16, n_layer=1, n_head=2)
    transformers.GPT2LMHeadModel(config).save_pretrained(tmp_path)
    transformers.AutoTokenizer.from_pretrained(tiny_bart()).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="gpt2 model without an encoder and a decoder"):
        open_engine(resolve(str(tmp_path)))


@pytest.mark.parametrize("name", ["/no/such/folder", "./nowhere", "not an id"])
def test_a_path_that_does_not_exist(name: str) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        resolve(name)


def test_options_that_no_engine_knows() -> None:
    checkpoint = resolve(str(tiny_bart()))
    for options in ({"engine": "onnx"}, {"device": "tpu"}, {"precision": "int3"}):
        with pytest.raises(OptionError, match="must be one of"):
            open_engine(checkpoint, **options)
    with pytest.raises(ModelError, match="no int8"):
        open_engine(checkpoint, engine="torch", precision="int8", device="cpu")
