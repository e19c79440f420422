# shellcheck shell=bash
# The cluster's cgroup is its identity: `up` enters it before it starts anything,
# so whatever runs on behalf of the cluster, orphans of a killed `up` included,
# is listed in there, and nothing else is. Nobody is killed by name.

cgroup_v2_only() { [[ $(stat -fc %T /sys/fs/cgroup) == cgroup2fs ]]; }

# Every hierarchy that may hold a directory of ours.
cgroup_mounts() { awk '$3 == "cgroup" || $3 == "cgroup2" {print $2}' /proc/mounts | sort -u; }

# The hierarchy that lists our processes. The freezer, because frozen processes
# cannot fork away while they are being killed.
cgroup_tracking() {
  if cgroup_v2_only; then
    printf '/sys/fs/cgroup'
  else
    awk '$3 == "cgroup" && $4 ~ /(^|,)freezer(,|$)/ {print $2; exit}' /proc/mounts
  fi
}

cgroup_enter() {
  local mount file
  if cgroup_v2_only; then
    # Kubelet and runc enable what they need further down, but only from what
    # the root passes on.
    mkdir -p "$CGROUP_TRACKING/$CGROUP"
    for file in cpuset cpu io memory pids; do
      echo "+$file" >"/sys/fs/cgroup/cgroup.subtree_control" 2>/dev/null || true
    done
  else
    while read -r mount; do
      mkdir -p "$mount/$CGROUP"
      # A cpuset without CPUs admits no process.
      for file in cpuset.cpus cpuset.mems; do
        if [[ -f $mount/$file && -z $(<"$mount/$CGROUP/$file") ]]; then
          cat "$mount/$file" >"$mount/$CGROUP/$file"
        fi
      done
    done < <(awk '$3 == "cgroup" {print $2}' /proc/mounts | sort -u)
  fi
  # A leaf of its own: a cgroup of version 2 holds processes or children, not both.
  mkdir -p "$CGROUP_TRACKING/$CGROUP/system"
  echo $$ >"$CGROUP_TRACKING/$CGROUP/system/cgroup.procs"
}

cgroup_pids() {
  [[ -d $CGROUP_TRACKING/$CGROUP ]] || return 0
  find "$CGROUP_TRACKING/$CGROUP" -name cgroup.procs -exec cat {} + 2>/dev/null || true
}

cgroup_empty() { [[ -z $(cgroup_pids) ]]; }

cgroup_kill_once() {
  local top=$CGROUP_TRACKING/$CGROUP pids
  [[ -d $top ]] || return 0
  if [[ -f $top/cgroup.kill ]]; then
    echo 1 >"$top/cgroup.kill" 2>/dev/null || true
  else
    echo FROZEN >"$top/freezer.state" 2>/dev/null || true
    mapfile -t pids < <(cgroup_pids)
    # One by one: the first that is gone already must not spare the rest.
    for pid in "${pids[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
    echo THAWED >"$top/freezer.state" 2>/dev/null || true
  fi
  cgroup_empty
}

cgroup_kill() { await 10 "the end of the processes $(cgroup_pids | tr '\n' ' ')" cgroup_kill_once; }

cgroup_dirs_gone() {
  local mount left=0
  while read -r mount; do
    [[ -d $mount/$CGROUP ]] || continue
    find "$mount/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null || true
    [[ ! -d $mount/$CGROUP ]] || left=1
  done < <(cgroup_mounts)
  return $left
}
