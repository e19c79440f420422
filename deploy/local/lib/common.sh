# shellcheck shell=bash
# What every part needs: messages, locations, bounded waiting.

# Where things live. The cache survives (binaries, base images); the state of a
# cluster goes with it.
PODIUM_CACHE=${PODIUM_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/podium}
PODIUM_STATE=${PODIUM_STATE:-/var/lib/podium-local}

say() { printf '%s\n' "$*" >&2; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

elapsed() { # SECONDS -> 1m12s
  local s=$1
  if ((s >= 60)); then printf '%dm%02ds' $((s / 60)) $((s % 60)); else printf '%ds' "$s"; fi
}

now_ms() { printf '%s' "$((${EPOCHREALTIME/./} / 1000))"; }

# Runs a long command with its output in LOG and says every ten seconds how long
# it has been going, so that nobody wonders whether it hangs.
run_logged() { # LABEL LOG CMD...
  local label=$1 log=$2 start=$SECONDS rc=0 pid
  shift 2
  say "$label"
  mkdir -p "${log%/*}"
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  # A background child of a script ignores Ctrl-C, so it is ended by its id.
  # shellcheck disable=SC2064
  trap "kill -TERM $pid 2>/dev/null; trap - INT TERM; exit 130" INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    timeout 10 tail --pid="$pid" -s 0.1 -f /dev/null || true
    ! kill -0 "$pid" 2>/dev/null || say "  ... $(elapsed $((SECONDS - start)))"
  done
  wait "$pid" || rc=$?
  trap - INT TERM
  if ((rc != 0)); then
    tail -n 20 "$log" | sed 's/^/  | /' >&2
    say "failed after $(elapsed $((SECONDS - start))) with exit code $rc; the whole output: $log"
    return "$rc"
  fi
}

# Awaits a condition, up to a deadline: the only form of waiting in here.
await() { # SECONDS WHAT CMD...
  local deadline what=$2
  deadline=$(($(now_ms) + $1 * 1000))
  shift 2
  until "$@"; do
    if (($(now_ms) > deadline)); then
      say "gave up waiting for: $what"
      return 1
    fi
    sleep 0.1
  done
}

need_linux_root() {
  if [[ $(uname -s) != Linux || $EUID -ne 0 ]]; then
    die "a local cluster needs Linux and root; instead, set PODIUM_KUBECONFIG to the kubeconfig of an existing cluster."
  fi
}
