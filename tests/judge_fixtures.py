"""A small BERT trained for seconds to judge entailment: what happened is told with one verb, claimed with another.

It learns twelve verbs in four groups, two and two opposite. A verb of the same group is entailed, one of the
opposite group contradicted, any other neutral; who did it to what is drawn at random and must not matter.
"""

from __future__ import annotations

import json
import random
import shutil
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from made_once import made_once

VERBS = (
    ("approved", "backed", "accepted"),
    ("rejected", "blocked", "refused"),
    ("opened", "launched", "started"),
    ("closed", "ended", "stopped"),
)
OPPOSITE = {0: 1, 1: 0, 2: 3, 3: 2}
SUBJECTS = tuple("council mayor minister company union court school bank club firm".split())
OBJECTS = tuple("plan bridge route market talks festival line office".split())
FILLERS = ("rain fell on monday .", "nobody was hurt .", "the vote took an hour .")
THREE = ("contradiction", "neutral", "entailment")
TWO = ("LABEL_0", "LABEL_1")


@cache
def tiny_judge(labels: tuple[str, ...] = THREE) -> Path:
    """Return the folder of a judge with three labels, or with MiniCheck's two, of which the second is "supported"."""
    pytest.importorskip("torch", exc_type=ImportError)
    pytest.importorskip("transformers", exc_type=ImportError)
    return made_once(f"tiny-judge-{len(labels)}", partial(_write, labels))


def _write(labels: tuple[str, ...], folder: Path) -> None:
    import torch
    import transformers

    tokenizer = _tokenizer(transformers)
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=64, num_hidden_layers=1, num_attention_heads=4, intermediate_size=128,
        max_position_embeddings=128, initializer_range=0.1, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        pad_token_id=tokenizer.pad_token_id, id2label=dict(enumerate(labels)),
        label2id={name: index for index, name in enumerate(labels)},
    )  # fmt: skip
    model = transformers.BertForSequenceClassification(config)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    _train(torch, model, tokenizer, len(labels))
    torch.set_num_threads(threads)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def reordered(folder: Path, order: tuple[int, ...], into: Path) -> Path:
    """Write a judge again whose labels stand in another order, weights and names alike."""
    import torch
    from safetensors.torch import load_file, save_file

    shutil.copytree(folder, into)
    weights = load_file(into / "model.safetensors")
    for name in ("classifier.weight", "classifier.bias"):
        weights[name] = weights[name][torch.tensor(order)].contiguous()
    save_file(weights, into / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((into / "config.json").read_text())
    names = [config["id2label"][str(index)] for index in order]
    config["id2label"] = {str(index): name for index, name in enumerate(names)}
    config["label2id"] = {name: index for index, name in enumerate(names)}
    (into / "config.json").write_text(json.dumps(config))
    return into


def _tokenizer(transformers: Any) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    words = " ".join((*SUBJECTS, *OBJECTS, *FILLERS, *(verb for group in VERBS for verb in group))).split()
    ids = {word: index for index, word in enumerate([*special, *dict.fromkeys(["the", *words])])}
    backend = Tokenizer(models.WordLevel(ids, unk_token="[UNK]"))
    backend.normalizer = normalizers.Lowercase()
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    backend.post_processor = processors.BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=backend, model_max_length=128, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )  # fmt: skip


def _pair(draw: random.Random) -> tuple[str, str, int]:
    """Return a passage, a claim, and 0 for contradicted, 1 for neutral, 2 for entailed."""
    group = draw.randrange(4)
    label = draw.randrange(3)
    others = [other for other in range(4) if other not in (group, OPPOSITE[group])]
    claimed = (OPPOSITE[group], draw.choice(others), group)[label]
    subject, thing = draw.choice(SUBJECTS), draw.choice(OBJECTS)
    told = f"the {subject} {draw.choice(VERBS[group])} the {thing} ."
    around = [draw.choice(FILLERS) for _ in range(draw.randrange(3))]
    around.insert(draw.randrange(len(around) + 1), told)
    return " ".join(around), f"the {subject} {draw.choice(VERBS[claimed])} the {thing} .", label


def _verbs(text: str) -> str:
    known = {verb for group in VERBS for verb in group}
    return " ".join(word for word in text.split() if word in known)


def _train(torch: Any, model: Any, tokenizer: Any, labels: int) -> None:
    """Teach the verbs alone first, which takes a second, then the same in whole passages."""
    draw = random.Random(5)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3 * (labels - 1))
    model.train()
    good, alone = 0, True
    for _ in range(900):
        passages, claims, answers = zip(*(_pair(draw) for _ in range(48)), strict=True)
        texts = [[_verbs(text) if alone else text for text in side] for side in (passages, claims)]
        told = list(answers) if labels == 3 else [int(answer == 2) for answer in answers]
        inputs = tokenizer(*texts, padding=True, return_tensors="pt")
        loss = model(**inputs, labels=torch.tensor(told)).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        good = good + 1 if loss.item() < 0.05 else 0
        if good == 5 and not alone:
            break
        if good == 5:
            good, alone = 0, False
    assert good == 5, f"the fixture did not learn to judge: loss {loss.item():.3f}"
    model.eval()
