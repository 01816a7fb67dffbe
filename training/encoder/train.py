"""Fine-tune MiniLM with heads for words to keep, tags, names, trees and news -> model.pt and classes.json."""

from __future__ import annotations

import argparse
import json
import os
import random
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from transformers import BertModel

from summarize.encoder.wordpiece import FIRST, LAST, SHAPES, pieces, shape

WIDTH, ARC, RELATION = 384, 128, 96
EPOCHS, PIECES, LEFT_OUT = 3, 1300, 1000  # passes, pieces in a batch, sentences to check on
WEIGHTS = {"keep": 1.5, "arc": 1.0, "rel": 0.7, "tag": 0.5, "ner": 0.7, "news": 0.5}
NAMES = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "GPE", "LOC": "GPE", "FAC": "GPE", "NORP": "NORP",
    "LANGUAGE": "NORP", "DATE": "DATE", "TIME": "DATE", "MONEY": "NUM", "PERCENT": "NUM", "CARDINAL": "NUM",
    "QUANTITY": "NUM", "ORDINAL": "NUM",
    "EVENT": "MISC", "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC",
}  # fmt: skip


def name_label(label: str) -> str:
    """A label of names, of the kinds that the encoder tells apart."""
    return f"{label[0]}-{NAMES[label[2:]]}" if "-" in label else "O"


class NewsEncoder(nn.Module):
    """MiniLM over pieces with the shape of letters, and its heads over the first piece of each word.

    Word 0 is the root, read from [CLS].
    """

    def __init__(self, start: str, tags: int, names: int, labels: int) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(start, add_pooling_layer=False)
        self.shape = nn.Embedding(2 * SHAPES + 1, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.keep, self.news = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)
        self.tag, self.ner = nn.Linear(WIDTH, tags), nn.Linear(WIDTH, names)
        self.arc_d, self.arc_h, self.arc_b = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC), nn.Linear(ARC, 1)
        self.arc_w = nn.Parameter(torch.eye(ARC) * 0.1)
        self.rel_d, self.rel_h = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.rel = nn.Linear(RELATION, labels)

    def forward(self, batch: dict[str, Any], heads: Any = None) -> dict[str, Any]:
        """Return the scores of each head; relations for the given tree, or for the best one."""
        embedded = self.bert.embeddings.word_embeddings(batch["ids"]) + self.shape(batch["shapes"])
        hidden = self.bert(inputs_embeds=embedded, attention_mask=batch["mask"]).last_hidden_state
        words = torch.gather(hidden, 1, batch["first"].unsqueeze(-1).expand(-1, -1, WIDTH))
        below, above = functional.gelu(self.arc_d(words)), functional.gelu(self.arc_h(words))
        arcs = (below @ self.arc_w) @ above.transpose(1, 2) + self.arc_b(above).transpose(1, 2)
        arcs = arcs.masked_fill(~batch["words"][:, None, :], -1e4)
        heads = arcs.argmax(-1) if heads is None else heads
        above = torch.gather(self.rel_h(words), 1, heads.unsqueeze(-1).expand(-1, -1, RELATION))
        return {
            "keep": self.keep(words).squeeze(-1),
            "tag": self.tag(words),
            "ner": self.ner(words),
            "arc": arcs,
            "rel": self.rel(torch.tanh(self.rel_d(words) + above)),
            "news": self.news(hidden[:, 0]).squeeze(-1),
        }


def coded(row: dict[str, Any], classes: dict[str, list[str]]) -> dict[str, Any]:
    """Pieces, shapes and targets of one sentence."""
    ids, shapes, first = [FIRST], [0], [0]
    for token, spaced in zip(row["tokens"], row["spaced"], strict=True):
        first.append(len(ids))
        own = pieces(token)
        ids += own
        shapes += [shape(token) + (0 if spaced else SHAPES)] * len(own)
    number = {name: {label: i for i, label in enumerate(labels)} for name, labels in classes.items()}
    return {
        "ids": [*ids, LAST],
        "shapes": [*shapes, 0],
        "first": first,
        "keep": row.get("keep"),
        "news": row.get("news", -1.0),
        "arc": [head + 1 for head in row["heads"]],
        "rel": [number["labels"][label] for label in row["labels"]],
        "tag": [number["tags"][label] for label in row["tags"]],
        "ner": [number["ners"][name_label(label)] for label in row["ner"]],
    }


def batches(items: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Cut sentences of like length into batches of at most `PIECES` pieces, padding counted."""
    found: list[list[dict[str, Any]]] = [[]]
    for item in sorted(items, key=lambda item: len(item["ids"]) + 3 * random.random()):
        if found[-1] and len(item["ids"]) * (len(found[-1]) + 1) > PIECES:
            found.append([])
        found[-1].append(item)
    random.shuffle(found)
    return found


def tensors(batch: list[dict[str, Any]]) -> dict[str, Any]:
    """Pad a batch; targets that are not there are -100, and -1 for words to keep and news."""
    length, width = max(len(b["ids"]) for b in batch), max(len(b["first"]) for b in batch)

    def padded(name: str, size: int, empty: int = 0) -> Any:
        return torch.tensor([b[name] + [empty] * (size - len(b[name])) for b in batch])

    found = {name: padded(name, length) for name in ("ids", "shapes")}
    found["mask"] = (found["ids"] != 0).long()
    found["first"] = padded("first", width)
    found["words"] = torch.tensor([[i < len(b["first"]) for i in range(width)] for b in batch])
    for name in ("arc", "rel", "tag", "ner"):
        found[name] = functional.pad(padded(name, width - 1, -100), (1, 0), value=-100)
    for b in batch:
        b["keep"] = b["keep"] or [-1] * (len(b["first"]) - 1)
    found["keep"] = functional.pad(padded("keep", width - 1, -1), (1, 0), value=-1)
    found["news"] = torch.tensor([float(b["news"]) for b in batch])
    return found


def losses(model: NewsEncoder, batch: dict[str, Any]) -> dict[str, Any]:
    """Return the loss of each head that the batch has targets for."""
    scores = model(batch, batch["arc"].clamp(min=0))
    found = {
        name: functional.cross_entropy(scores[name].flatten(0, 1), batch[name].flatten(), ignore_index=-100)
        for name in ("arc", "rel", "tag", "ner")
    }
    for name in ("keep", "news"):
        there = batch[name] >= 0
        if there.any():
            target = batch[name][there].float()
            found[name] = functional.binary_cross_entropy_with_logits(scores[name][there], target)
    return found


@torch.no_grad()
def check(model: NewsEncoder, left_out: list[dict[str, Any]]) -> dict[str, float]:
    """Return the share of heads, labels and tags that are right, and the F1 of words kept."""
    right, total, hit, kept, wanted = {"arc": 0, "rel": 0, "tag": 0}, 0, 0, 0, 0
    for batch in map(tensors, batches(left_out)):
        scores = model(batch)
        there, head = batch["arc"] >= 0, scores["arc"].argmax(-1) == batch["arc"]
        total += int(there.sum())
        right["arc"] += int((head & there).sum())
        right["rel"] += int((head & there & (scores["rel"].argmax(-1) == batch["rel"])).sum())
        right["tag"] += int((there & (scores["tag"].argmax(-1) == batch["tag"])).sum())
        known, keeps = batch["keep"] >= 0, scores["keep"] > 0
        hit += int((known & keeps & (batch["keep"] == 1)).sum())
        kept += int((known & keeps).sum())
        wanted += int((batch["keep"] == 1).sum())
    return {name: count / total for name, count in right.items()} | {"keep F1": 2 * hit / (kept + wanted)}


def optimizers(model: NewsEncoder, steps: int) -> tuple[Any, Any]:
    """The optimizer and its rate, which rises for 150 steps and then falls; the pieces' embeddings stay."""
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
    body = [p for name, p in model.named_parameters() if name.startswith("bert") and p.requires_grad]
    head = [p for name, p in model.named_parameters() if not name.startswith("bert")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": 1.2e-4}, {"params": head, "lr": 1e-3}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 150, max(0.01, 1 - step / steps))
    )
    return optimizer, rate


def train(model: NewsEncoder, plan: list[Any], left_out: list[Any], output: Path) -> None:
    """Train by a plan of batches; write a checkpoint, and what it reaches, every 700 steps."""
    optimizer, rate = optimizers(model, len(plan))
    for step, batch in enumerate(plan, 1):
        model.train()
        sum(WEIGHTS[name] * loss for name, loss in losses(model, tensors(batch)).items()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        rate.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 700 == 0 or step == len(plan):
            model.eval()
            torch.save(model.state_dict(), output / "model.pt.new")
            os.replace(output / "model.pt.new", output / "model.pt")
            print(step, len(plan), check(model, left_out), flush=True)


def main() -> None:
    """Read the rows, plan the batches, and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("start", help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    rows = [json.loads(line) for line in options.rows.open(encoding="utf-8")]
    classes = {
        "tags": sorted({tag for row in rows for tag in row["tags"]}),
        "labels": sorted({label for row in rows for label in row["labels"]}),
        "ners": sorted({name_label(label) for row in rows for label in row["ner"]}),
    }
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "classes.json").write_text(json.dumps(classes), encoding="utf-8")
    items = [coded(row, classes) for row in rows if len(row["tokens"]) <= 80]
    random.shuffle(items)
    left_out, items = items[:LEFT_OUT], items[LEFT_OUT:]
    pairs = [item for item in items if item["keep"] is not None]
    plan = [batch for _ in range(EPOCHS) for batch in batches(items) + batches(pairs)]
    random.shuffle(plan)
    model = NewsEncoder(options.start, *(len(classes[name]) for name in ("tags", "ners", "labels")))
    train(model, plan, left_out, options.output)


if __name__ == "__main__":
    main()
