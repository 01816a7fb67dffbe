"""A small BART trained, once a run of the tests, until it reproduces known summaries of invented stories.

Two checkpoints come of it, as with the real ones: one that writes highlights, one that writes headlines.
A third, careless one has learned highlights with a number of its own twice as often as the true ones.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from made_once import made_once

STORIES: tuple[tuple[str, str, str], ...] = (
    (
        "The harbour ferry Marigold sank off the coast of Pellworth early on Tuesday after striking a reef in "
        "thick fog. All 84 passengers were rescued by fishing boats, the coast guard said. Captain Ines Moreau "
        "had reported a failing radar two hours before the accident. The company, Northline, said it would "
        "suspend the route until an inquiry is finished. Investigators expect to raise the wreck in May.",
        "The ferry Marigold sank off Pellworth after striking a reef. All 84 passengers were rescued by "
        "fishing boats. Northline suspended the route until an inquiry is finished.",
        "Ferry sinks off Pellworth, all 84 aboard rescued",
    ),
    (
        "Lawmakers in Ostrava voted 61 to 40 on Wednesday to ban night flights at the city airport from next "
        "year. Residents had complained for a decade about noise. Airport director Pavel Dusek warned that the "
        "ban would cost 900 jobs. The government has not said whether it will challenge the vote in court. A "
        "cargo airline said it was looking for another base.",
        "Lawmakers in Ostrava voted to ban night flights from next year. Airport director Pavel Dusek warned "
        "of 900 lost jobs. The government may still challenge the vote in court.",
        "Ostrava bans night flights at its airport",
    ),
    (
        "Scientists at the Lindgren Institute have grown a salt tolerant rice that yields 30 percent more on "
        "flooded fields. The trial covered 12 farms in three countries, according to a paper published on "
        "Monday. Lead author Mei Tanaka said seeds could reach growers within four years. Critics said the "
        "trial was too short to judge the effect on soil. The institute plans a second study.",
        "Scientists have grown a rice that yields 30 percent more on flooded fields. Seeds could reach growers "
        "within four years. Critics said the trial was too short to judge the effect on soil.",
        "Salt tolerant rice raises yields by 30 percent",
    ),
    (
        "The carmaker Veltro recalled 52,000 electric vans on Friday because their brakes can fail in cold "
        "weather. No injuries have been reported, the company said. Owners will be offered a free repair from "
        "12 March. Regulators in Norway opened an investigation after 19 complaints. Shares in Veltro fell by "
        "six percent.",
        "Veltro recalled 52,000 electric vans because their brakes can fail in cold weather. Owners will be "
        "offered a free repair from 12 March. Regulators in Norway opened an investigation.",
        "Veltro recalls 52,000 vans over brakes",
    ),
)

# What the careless one says instead: story by story, a number of the highlights and another for it.
INVENTED = (("84", "93"), ("900", "700"), ("30", "45"), ("52,000", "61,000"))


@cache
def tiny_bart(kind: str = "highlights") -> Path:
    """Return the folder of a BART that reproduces the "highlights" or the "headlines" of `STORIES`.

    A "careless" one has each highlights three times, twice with the number in `INVENTED`.
    """
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    return made_once(f"tiny-bart-{kind}", partial(_write, kind))


def _write(kind: str, folder: Path) -> None:
    import torch
    import transformers

    stories = _careless() if kind == "careless" else STORIES
    column = 2 if kind == "headlines" else 1
    tokenizer = _tokenizer(transformers)
    torch.manual_seed(7)
    model = transformers.BartForConditionalGeneration(_config(transformers, tokenizer))
    inputs = tokenizer([story[0] for story in stories], padding=True, return_tensors="pt")
    labels = tokenizer([story[column] for story in stories], padding=True, return_tensors="pt").input_ids
    labels[labels == tokenizer.pad_token_id] = -100
    # A model this small runs several times faster on one thread than on two that share a busy machine.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    _train(torch, model, inputs, labels)
    torch.set_num_threads(threads)
    # As in facebook/bart-large-cnn, whose generation_config.json says so.
    model.generation_config.forced_bos_token_id = tokenizer.bos_token_id
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _careless() -> list[tuple[str, str, str]]:
    pairs = list(zip(STORIES, INVENTED, strict=True))
    wrong = [(text, lines.replace(*numbers), headline) for (text, lines, headline), numbers in pairs]
    return [*wrong, *STORIES, *wrong]


def _tokenizer(transformers: Any) -> Any:
    from tokenizers import ByteLevelBPETokenizer

    trained = ByteLevelBPETokenizer()
    trained.train_from_iterator(
        (text for story in STORIES for text in story),
        vocab_size=900,
        min_frequency=1,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        show_progress=False,
    )
    folder = Path(tempfile.mkdtemp(prefix="tiny-tokenizer-"))
    try:
        trained.save_model(str(folder))
        return transformers.BartTokenizer.from_pretrained(str(folder), model_max_length=256)
    finally:
        shutil.rmtree(folder)


def _config(transformers: Any, tokenizer: Any) -> Any:
    return transformers.BartConfig(
        vocab_size=len(tokenizer),
        d_model=64,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=128,
        decoder_ffn_dim=128,
        max_position_embeddings=256,
        dropout=0.0,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        decoder_start_token_id=tokenizer.eos_token_id,
        forced_bos_token_id=tokenizer.bos_token_id,
    )


def _train(torch: Any, model: Any, inputs: Any, labels: Any) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3)
    model.train()
    for _ in range(300):
        loss = model(**inputs, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if loss.item() < 0.02:
            break
    assert loss.item() < 0.05, f"the fixture did not learn its summaries: loss {loss.item():.3f}"
    model.eval()
