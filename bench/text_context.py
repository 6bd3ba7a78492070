"""Trains the two-sided context model of the spelling stage and writes models/context.npz.

usage: python -m bench.text_context OFFICIAL_FOLDER OUT_FILE SECONDS [--from FILE]

Needs torch, which the package does not. One recurrent layer reads what stands before a place, another what stands behind it; together
they say which character belongs there. Only train-*.txt.gz is read, without every sixth document (the ranker is trained on those) and
without formulas.txt.gz, so figures on the public spelling sets may be quoted. The learning rate falls to nothing at the end of SECONDS. With
--from training goes on from an earlier FILE (its weights as bytes) at a fifth of the rate. The loss on held-out documents, of law and of
policy, is printed and nothing else is done with it.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from bench.text_documents import FILES, PARTS, POLICY, documents_of, held_out, kinds
from duwang.checks.text.context import load
from duwang.checks.text.language import official
from duwang.checks.text.vocabulary import confusable

SIZE, WIDTH, STATE = 4095, 192, 384
SPAN, BATCH, MARGIN, BLOCK = 80, 64, 4, 512
NOISE = 0.02
TIMES = {"train-01": 3, "train-02": 3, "train-03": 6}  # of policy prose, which law would hide; the first run: 1, 1, 4
RATE, WARM_RATE, SHOWN = 2.5e-3, 5e-4, 250


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
    language, of, parts = official(), kinds(folder), []
    for name in FILES:
        for n, (text, kind) in enumerate(zip(documents_of(folder, name), of[name], strict=True)):
            if n % PARTS and text:
                parts += [language.ids(text + "\n\n").astype(np.int16)] * (TIMES[name] if kind in POLICY else 1)
    return np.concatenate(parts)


def slices(folder: Path) -> dict[str, torch.Tensor]:
    """Pieces of held-out documents, of law and of policy, to watch the loss on."""
    language, made = official(), {}
    for name, wanted in (("law", False), ("policy", True)):
        text = "\n\n".join(t for t, kind in held_out(folder) if (kind in POLICY) == wanted)
        ids, length = language.ids(text), BATCH * SPAN
        rows = ids[np.linspace(0, len(ids) - SPAN - 1, 2 * BATCH).astype(np.int64)[:, None] + np.arange(SPAN)]
        assert rows.size == 2 * length
        made[name] = torch.from_numpy(rows.astype(np.int64))
    return made


def surprise(model: Context, rows: torch.Tensor) -> float:
    """Mean loss on right texts."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        states = model(rows)
    wanted = rows[:, MARGIN:-MARGIN].reshape(-1)
    return float(Loss.apply(states.float(), model.letters.weight, model.bias, wanted))


def taken_up(model: Context, file: Path) -> None:
    """Puts the weights of an earlier run into the network."""
    made = load(file)
    weights = {
        "letters.weight": made.letters,
        "mixed.weight": made.mix.T,
        "mixed.bias": made.mix_bias,
        "bias": made.bias,
    }
    for name, layer in (("onward", made.onward), ("backward", made.backward)):
        weights |= {f"{name}.weight_ih_l0": layer.read.T, f"{name}.weight_hh_l0": layer.own.T}
        weights |= {f"{name}.bias_ih_l0": layer.bias, f"{name}.bias_hh_l0": np.zeros_like(layer.bias)}
    model.load_state_dict({key: torch.from_numpy(np.ascontiguousarray(value)) for key, value in weights.items()})


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


def main(folder: Path, out: Path, seconds: float, earlier: Path | None = None) -> None:
    torch.manual_seed(5)
    torch.set_num_threads(1)
    random = np.random.default_rng(6 if earlier else 5)
    ids, (table, count), shown = stream(folder), neighbours(), slices(folder)
    print(len(ids), "characters", flush=True)
    model = Context()
    shares = np.bincount(ids, minlength=SIZE)[:SIZE] + 0.5
    model.bias.data = torch.from_numpy(np.log(shares / shares.sum())).float()
    if earlier:
        taken_up(model, earlier)
    print("held out:", {name: round(surprise(model, rows), 3) for name, rows in shown.items()}, flush=True)
    print(sum(p.numel() for p in model.parameters()), "weights", flush=True)
    mover = torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.99))
    began, step, mean, saved = time.time(), 0, 0.0, time.time()
    while (spent := time.time() - began) < seconds:
        rate = (
            (WARM_RATE if earlier else RATE)
            * min(1.0, (step + 1) / 200)
            * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * spent / seconds)))
        )
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
        if step % SHOWN == 0:
            print("held out:", {name: round(surprise(model, rows), 3) for name, rows in shown.items()}, flush=True)
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
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--from", dest="earlier", type=Path)
    chosen = parser.parse_args()
    main(chosen.folder, chosen.out, chosen.seconds, chosen.earlier)
