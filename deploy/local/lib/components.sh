# shellcheck shell=bash
# Starting one process of the cluster so that it can be found, stopped and
# started again: a script with its command line, a log and a pid file.

start_component() { # NAME CMD...
  local component=$1 script=$STATE/components/$1 kill_switch=$CGROUP_TRACKING/$CGROUP/system/cgroup.procs
  shift
  mkdir -p "$STATE/components" "$STATE/pids" "$STATE/log" "$STATE/tmp"
  {
    printf '#!/bin/bash\n'
    # Also when a test starts it again from outside, it belongs to the cluster.
    printf 'echo $$ >%q || exit 1\n' "$kill_switch"
    printf 'echo $$ >%q\n' "$STATE/pids/$component"
    # shellcheck disable=SC2016
    printf 'ulimit -n "$(ulimit -Hn)"\n'
    # An empty environment: a proxy setting of the caller must not lead the
    # components' own connections astray.
    printf 'exec env -i PATH=%q HOME=%q TMPDIR=%q ' \
      "$BIN:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$STATE/tmp" "$STATE/tmp"
    printf '%q ' nsenter --net="/run/netns/$NETNS" "$@"
    printf '>>%q 2>&1 </dev/null\n' "$STATE/log/$component.log"
  } >"$script"
  chmod 700 "$script"
  run_component "$component"
}

run_component() { # NAME
  # The lock of `up` must not live on in a daemon.
  setsid "$STATE/components/$1" {LOCK_FD}>&- </dev/null >/dev/null 2>&1 &
}

component_pid() { # NAME
  local pid
  [[ -s $STATE/pids/$1 ]] || return 1
  pid=$(<"$STATE/pids/$1")
  # Its number may have passed on to somebody else.
  grep -qx "$pid" "$CGROUP_TRACKING/$CGROUP/system/cgroup.procs" 2>/dev/null || return 1
  printf '%s' "$pid"
}

component_runs() { component_pid "$1" >/dev/null; }

# Awaits a condition that a component is to bring about; if it does not, or has
# ended, shows the end of its log.
await_component() { # SECONDS COMPONENT WHAT CMD...
  local seconds=$1 component=$2 what=$3 log=$STATE/log/$2.log
  shift 3
  if await "$seconds" "$what" came_about_or_ended "$component" "$@" && "$@"; then return; fi
  tail -n 15 "$log" 2>/dev/null | cut -c1-300 | sed 's/^/  | /' >&2
  component_runs "$component" || say "$component has ended"
  die "in vain: $what; see $log, then: ${0##*/} down --name $NAME"
}

came_about_or_ended() { # COMPONENT CMD...
  local component=$1
  shift
  "$@" || { [[ -s $STATE/pids/$component ]] && ! component_runs "$component"; }
}

kubectl_admin() { "$BIN/kubectl" --kubeconfig "$STATE/kubeconfig" --request-timeout=10s "$@"; }
