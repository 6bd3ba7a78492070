# 读网 Duwang: `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
OUT    ?= demo-out

.PHONY: setup demo test core serve check bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml requirements.lock scripts/setup.sh
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/setup.sh
	@touch $(STAMP)

demo: setup
	@$(BIN)/duwang demo --out $(OUT)

serve: setup
	@test -f $(OUT)/round-2/index.html || test -f $(OUT)/index.html || $(BIN)/duwang demo --out $(OUT)
	@$(BIN)/duwang serve $(OUT) --demo

test: setup
	@$(BIN)/python -m pytest
	@$(BIN)/lint-imports --no-cache

core: setup
	@$(BIN)/python -m pytest -m "not slow"

check: setup
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

bench: setup
	@$(BIN)/python -m bench

clean:
	rm -rf $(VENV) $(OUT) bench/out
