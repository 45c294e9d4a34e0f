"""Names: from the model id that an agent wrote to the ids under which a price table may know it.

Owns the recognition of decorations (provider prefixes, dates, effort suffixes, cloud forms) and of providers'
other names. Does not look into a price table: it only says what to try there, best first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeVar

import msgspec

LONGEST: Final = 200
"""Characters of the longest id that is looked at; a longer one is not a model's name."""

T = TypeVar("T")

Kind = Literal["exact", "dated", "alias", "approximate"]

PROVIDERS: Final = {
    "anthropic": "anthropic",
    "amazon-bedrock": "aws",
    "aws": "aws",
    "aws-bedrock": "aws",
    "azure": "azure",
    "azure-cognitive-services": "azure",
    "azure-openai": "azure",
    "azure_ai": "azure",
    "baseten": "baseten",
    "bedrock": "aws",
    "bedrock_converse": "aws",
    "cerebras": "cerebras",
    "chatgpt": "openai",
    "cloudflare": "cloudflare",
    "cohere": "cohere",
    "cursor": "cursor",
    "databricks": "databricks",
    "deepseek": "deepseek",
    "fireworks": "fireworks",
    "fireworks-ai": "fireworks",
    "fireworks_ai": "fireworks",
    "gemini": "google",
    "github-copilot": "github-copilot",
    "github-copilot-enterprise": "github-copilot",
    "github_copilot": "github-copilot",
    "google": "google",
    "google-vertex": "google",
    "google-vertex-anthropic": "google",
    "groq": "groq",
    "minimax": "minimax",
    "minimax-cn": "minimax",
    "mistral": "mistral",
    "mistralai": "mistral",
    "moonshot": "moonshotai",
    "moonshotai": "moonshotai",
    "moonshotai-cn": "moonshotai",
    "novita": "novita",
    "novita-ai": "novita",
    "openai": "openai",
    "openai-codex": "openai",
    "openrouter": "openrouter",
    "ovhcloud": "ovhcloud",
    "perplexity": "perplexity",
    "together": "together",
    "together_ai": "together",
    "togetherai": "together",
    "vertex": "google",
    "vertex_ai": "google",
    "vertex_ai_beta": "google",
    "x-ai": "x-ai",
    "xai": "x-ai",
    "z-ai": "zai",
    "z.ai": "zai",
    "zai": "zai",
    "zai-coding-plan": "zai",
    "zhipu": "zhipuai",
    "zhipuai": "zhipuai",
    "zhipuai-coding-plan": "zhipuai",
}
"""Names of providers as agents and their routers write them, and as the price table does."""

LOCAL: Final = frozenset(
    (
        "gpt4all",
        "jan",
        "koboldcpp",
        "llama-cpp",
        "llama.cpp",
        "llamacpp",
        "llamafile",
        "lm-studio",
        "lm_studio",
        "lmstudio",
        "local",
        "localai",
        "localhost",
        "mlx",
        "mlx-lm",
        "ollama",
        "ollama_chat",
        "sglang",
        "tabby",
        "vllm",
    )
)
"""Programs that serve models on this computer. They send no bill; only a rule of the user prices them."""

_MAKERS: Final = {"chatgpt-": "openai", "codex-": "openai", "glm-": "zai"}

# A tag after a colon as local model servers write it: a size, a quantisation, or "latest".
_LOCAL_TAG = re.compile(r"^.+:(?:.*-)?(?:latest|e?\d+(?:\.\d+)?[bm]|\d+x\d+b|q\d\w*|fp16|bf16|cloud)(?:-.*)?$")
_BEDROCK = re.compile(
    r"^(?:(?:us-gov|[a-z]{2,6})\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|minimax|mistral|moonshot|openai|"
    r"qwen|stability|writer|zai)\."
)
_BRACKET = re.compile(r"\[[^\[\]]*\]$")
# Claude Code writes how long a context it asked for: "[1m]".
_WINDOW = re.compile(r"\[([1-9]\d{0,3})([km])\]$")
_DATE = re.compile(r"-(?:20\d{6}|20\d\d-\d\d-\d\d|latest|default)$")
_CLOUD_VERSION = re.compile(r"-v\d+(?::\d+[a-z0-9]*)?$")
# "high" and its like name an effort of the same model. "mini", "nano", "pro" and "max" are models of their own.
_EFFORT = re.compile(r"[-:](?:thinking|reasoning|none|minimal|low|medium|high|xhigh|extra-high|max-mode)$")
_FAST = re.compile(r"-fast$")
_VERSION_FIRST = re.compile(r"^claude-(\d+)(?:[.-](\d{1,2}))?-(opus|sonnet|haiku|fable|mythos)(?=-|$)")


class Attempt(msgspec.Struct, frozen=True):
    """An id to look up. ``provider`` is the price table's name of one, empty to infer it from the id."""

    provider: str
    model: str
    kind: Kind


class Wanted(msgspec.Struct, frozen=True):
    """What to try, best first. ``names`` are forms of the logged id that a rule of the user may name.

    ``fast`` is True if the id itself asked for the fast tier. ``providers`` are the names under which a rule may
    mean the logged provider. ``window`` is the number of tokens that the id itself says the model is given, else 0.
    """

    attempts: tuple[Attempt, ...]
    names: tuple[str, ...]
    providers: tuple[str, ...] = ()
    fast: bool = False
    window: int = 0


def wanted(model: str, provider: str = "") -> Wanted:
    """Every sensible reading of a logged ``model`` and ``provider`` (empty if the log names none).

    Ids are compared in lower case. An id that is empty or too long gives no attempt.
    """
    logged = model.strip().lower()
    if not logged or len(logged) > LONGEST:
        return Wanted((), ())
    sender = provider.strip().lower()[:LONGEST]
    ref, prefix = _split(_path_end(logged))
    base = prefix if prefix else sender
    own = PROVIDERS.get(sender, "")
    served = PROVIDERS.get(prefix, "")
    if _BEDROCK.match(ref):
        # The form of the id is proof of where it was served; agents call the maker the provider all the same.
        served = "aws"
        own = "aws" if own in ("", "anthropic") else own
    whole = f"{prefix}/{ref}" if prefix else ref
    written = ref
    ref, fast = _without_fast(ref)
    asked = _WINDOW.search(logged)
    window = int(asked[1]) * (1_000_000 if asked[2] == "m" else 1_000) if asked else 0
    forms = tuple(_forms(ref))
    names = _unique((logged, whole, ref, *(name for name, kind in forms if kind in ("exact", "dated"))))
    providers = _unique(filter(None, (sender, own, prefix, served)))
    if base in LOCAL or sender in LOCAL or (not own and not served and _LOCAL_TAG.match(ref)):
        return Wanted((), names, providers, fast, window)
    attempts: list[Attempt] = []
    if own:
        # A router's list has ids such as "anthropic/claude-sonnet-4.5" as they are.
        if prefix:
            attempts.append(Attempt(own, whole, "exact"))
        if fast:
            # Some lists have the fast tier as a model of its own.
            attempts.append(Attempt(own, written, "exact"))
        attempts.extend(Attempt(own, name, kind) for name, kind in forms)
    if served and served != own:
        same = own in ("", "openrouter")
        attempts.extend(Attempt(served, name, kind if same else "approximate") for name, kind in forms)
    # With a provider that the table lacks, the maker's own price is the nearest known one.
    named = bool(sender or prefix or served)
    for name, kind in _bare(forms):
        for home in _unique((_maker(name), "")):
            attempts.append(Attempt(home, name, "approximate" if named else kind))
    if "/" in whole:
        attempts.append(Attempt("openrouter", whole, "approximate"))
    if ref.startswith("qwen"):
        # The maker is not in the table; a router that serves these models is.
        attempts.extend(Attempt("openrouter", f"qwen/{name}", "approximate") for name, _ in forms)
    return Wanted(_unique(attempts), names, providers, fast, window)


def shortened(model: str) -> tuple[str, str]:
    """An id without a cloud's version mark at its end, and without a date or ``-latest`` too."""
    whole = _CLOUD_VERSION.sub("", _BRACKET.sub("", model).replace("@", "-"))
    return whole, _DATE.sub("", whole)


def regionless(model: str) -> str:
    """An id without the region and maker that Amazon's cloud writes in front."""
    return _BEDROCK.sub("", model)


def _path_end(logged: str) -> str:
    """The id in a resource path: ``models/<id>``, ``projects/.../models/<id>``, ``arn:.../<id>``."""
    if logged.startswith("arn:"):
        return logged.rsplit("/", 1)[-1]
    if logged.startswith(("models/", "publishers/", "projects/")):
        return logged.rsplit("models/", 1)[-1]
    return logged


def _split(name: str) -> tuple[str, str]:
    """(id, provider's prefix). Only known prefixes are cut off: others belong to the id."""
    head, slash, tail = name.partition("/")
    if slash and tail and (head in PROVIDERS or head in LOCAL):
        return tail, head
    return name, ""


def _without_fast(ref: str) -> tuple[str, bool]:
    """Claude's ``-fast`` is a tier; left in place it would match the model at its standard price.

    Elsewhere (``grok-4-fast``) it is a part of the name.
    """
    if "claude" in ref:
        plain = _BRACKET.sub("", ref)
        if _FAST.search(plain):
            return _FAST.sub("", plain), True
    return ref, False


def _forms(ref: str) -> Iterator[tuple[str, Kind]]:
    """Ways to write an id, from the logged one to ever more stripped ones."""
    seen: set[str] = set()
    kind: Kind
    plain = _BRACKET.sub("", ref)
    at = plain.replace("@", "-")
    steps: list[tuple[str, Kind]] = [(ref, "exact"), (plain, "exact"), (at, "exact"), (shortened(at)[1], "dated")]
    short = at
    while (shorter := _EFFORT.sub("", short)) != short:
        steps += [(shorter, "alias"), (shortened(shorter)[1], "alias")]
        short = shorter
    for name, _ in list(steps):
        if name.startswith("claude-"):
            order = _VERSION_FIRST.sub(_family_first, name)
            steps += [(order, "alias"), (order.replace(".", "-"), "alias")]
    for name, kind in steps:
        if name and name not in seen:
            seen.add(name)
            yield name, kind


def _maker(name: str) -> str:
    """Whose id it is, where the price table would infer another or none."""
    return next((maker for beginning, maker in _MAKERS.items() if name.startswith(beginning)), "")


def _family_first(found: re.Match[str]) -> str:
    major, minor, family = found.groups()
    if int(major) < 4:
        # The third generation's own ids have the version first.
        return found[0]
    return f"claude-{family}-{major}" + (f"-{minor}" if minor else "")


def _bare(forms: tuple[tuple[str, Kind], ...]) -> Iterator[tuple[str, Kind]]:
    """Forms without a router's vendor or a cloud's region in front: the maker's own ids."""
    for name, kind in forms:
        short = name.rsplit("/", 1)[-1]
        if cloud := _BEDROCK.match(short):
            short = _CLOUD_VERSION.sub("", short[cloud.end() :])
            kind = "approximate"
        if short:
            yield short, kind if short == name else "approximate"


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
