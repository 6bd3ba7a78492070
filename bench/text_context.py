"""Trains the two-sided context model of the spelling stage and writes models/context.npz.

usage: python -m bench.text_context OFFICIAL_FOLDER OUT_FILE SECONDS

Needs torch, which the package does not. One recurrent layer reads what stands before a place, another what stands behind it; together
they say which character belongs there. Only train-*.txt.gz is read, without every sixth document (the ranker is trained on those) and
without formulas.txt.gz, so figures on the public spelling sets may be quoted. The learning rate falls to nothing at the end of SECONDS.
"""

from __future__ import annotations

import gzip
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from duwang.checks.text.language import official
from duwang.checks.text.vocabulary import confusable

PARTS = 6
SIZE, WIDTH, STATE = 4095, 192, 384
SPAN, BATCH, MARGIN, BLOCK = 80, 64, 4, 512
NOISE = 0.02
TIMES = {"train-01": 1, "train-02": 1, "train-03": 4}


class Context(nn.Module):
    """Log odds of every character at every place from what stands before it and behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.letters = nn.Embedding(SIZE, WIDTH)
        nn.init.normal_(self.letters.weight, std=0.08)
        self.onward = nn.LSTM(WIDTH, STATE, batch_first=True)
        self.backward = nn.LSTM(WIDTH, STATE, batch_first=True)
        self.mixed = nn.Linear(2 * STATE, WIDTH)
        self.bias = nn.Parameter(torch.zeros(SIZE))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        read = self.letters(ids)
        before, _ = self.onward(read)
        behind, _ = self.backward(read.flip(1))
        behind = behind.flip(1)
        both = torch.cat((before[:, MARGIN - 1 : -MARGIN - 1], behind[:, MARGIN + 1 : SPAN - MARGIN + 1]), dim=2)
        return 2.0 * torch.tanh(self.mixed(both)).reshape(-1, WIDTH)


class Loss(torch.autograd.Function):
    """Mean surprise at the right characters, block by block: the whole table of chances never stands in memory."""

    @staticmethod
    def forward(ctx, states, letters, bias, wanted):  # type: ignore[no-untyped-def]
        total, number = 0.0, len(wanted)
        to_states, to_letters = torch.empty_like(states), torch.zeros_like(letters)
        to_bias, small = torch.zeros_like(bias), letters.bfloat16()
        for n in range(0, number, BLOCK):
            state, right = states[n : n + BLOCK].bfloat16(), wanted[n : n + BLOCK]
            chances = torch.log_softmax((state @ small.T).float().add_(bias), dim=1)
            total -= float(chances.gather(1, right[:, None]).sum())
            chances.exp_()
            chances.scatter_add_(1, right[:, None], torch.full((len(right), 1), -1.0))
            to_bias += chances.sum(0)
            rough = chances.bfloat16()
            to_states[n : n + BLOCK] = (rough @ small).to(states.dtype)
            to_letters += (rough.T @ state).float()
        ctx.save_for_backward(to_states / number, to_letters / number, to_bias / number)
        return torch.tensor(total / number)

    @staticmethod
    def backward(ctx, slope):  # type: ignore[no-untyped-def]
        return (*ctx.saved_tensors, None)


def stream(folder: Path) -> np.ndarray:
    """Character ids of the training documents, one after another."""
    language, parts = official(), []
    for name, times in TIMES.items():
        with gzip.open(folder / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
            documents = [d for n, d in enumerate(file.read().split("\n\n")) if n % PARTS]
        parts += [language.ids("\n\n".join(documents) + "\n\n").astype(np.int16)] * times
    return np.concatenate(parts)


def neighbours() -> tuple[np.ndarray, np.ndarray]:
    """For every id up to twelve ids that it is taken for, and how many there are."""
    language, alike = official(), confusable()
    table, count = np.zeros((SIZE, 12), np.int64), np.zeros(SIZE, np.int64)
    for n, character in enumerate(language.characters[:SIZE]):
        row = int(alike.row[min(ord(character), 0xFFFF)])
        if row and n > 3:
            others = alike.others[alike.starts[row - 1] : alike.starts[row]][:24]
            found = [i for i in language.of_code[others].tolist() if i][:12]
            table[n, : len(found)], count[n] = found, len(found)
    return table, count


def main(folder: Path, out: Path, seconds: float) -> None:
    torch.manual_seed(5)
    torch.set_num_threads(1)
    random = np.random.default_rng(5)
    ids, (table, count) = stream(folder), neighbours()
    print(len(ids), "characters", flush=True)
    model = Context()
    shares = np.bincount(ids, minlength=SIZE)[:SIZE] + 0.5
    model.bias.data = torch.from_numpy(np.log(shares / shares.sum())).float()
    print(sum(p.numel() for p in model.parameters()), "weights", flush=True)
    mover = torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.99))
    began, step, mean, saved = time.time(), 0, 0.0, time.time()
    while (spent := time.time() - began) < seconds:
        rate = 2.5e-3 * min(1.0, (step + 1) / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * spent / seconds)))
        for group in mover.param_groups:
            group["lr"] = rate
        starts = random.integers(0, len(ids) - SPAN, BATCH)
        right = ids[starts[:, None] + np.arange(SPAN)].astype(np.int64)
        seen = right.copy()
        spoilt = (random.random(right.shape) < NOISE) & (count[right] > 0)
        seen[spoilt] = table[right[spoilt], random.integers(0, 1 << 30, spoilt.sum()) % count[right[spoilt]]]
        wanted = torch.from_numpy(right[:, MARGIN:-MARGIN].reshape(-1))
        with torch.autocast("cpu", torch.bfloat16):
            states = model(torch.from_numpy(seen))
        loss = Loss.apply(states.float(), model.letters.weight, model.bias, wanted)
        mover.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        mover.step()
        step += 1
        mean = 0.98 * mean + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 50 == 0:
            print(f"{step} {spent:.0f}s loss {mean:.3f} rate {rate:.5f}", flush=True)
        if time.time() - saved > 300:
            torch.save(model.state_dict(), out.with_suffix(".pt"))
            saved = time.time()
    np.savez_compressed(out, **exported(model.state_dict()))
    print(out.name, out.stat().st_size)


def exported(weights: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """The network as bytes with one scale for every row, as `duwang.checks.text.context` reads it."""
    named = {"letters": "letters.weight", "mix": "mixed.weight"}
    for name in ("onward", "backward"):
        named |= {f"{name}_read": f"{name}.weight_ih_l0", f"{name}_own": f"{name}.weight_hh_l0"}
    made = {}
    for name, source in named.items():
        values = weights[source].numpy()
        scale = np.maximum(np.abs(values).max(axis=1) / 127, 1e-9).astype(np.float32)
        made[name], made[f"{name}_scale"] = np.round(values / scale[:, None]).astype(np.int8), scale
    for name in ("onward", "backward"):
        made[f"{name}_bias"] = (weights[f"{name}.bias_ih_l0"] + weights[f"{name}.bias_hh_l0"]).numpy()
    made["characters"] = np.frombuffer(official().characters.encode(), np.uint8)
    return made | {"mix_bias": weights["mixed.bias"].numpy(), "bias": weights["bias"].numpy()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
