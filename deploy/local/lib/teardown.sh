# shellcheck shell=bash
# Taking a cluster down, whatever state it is in. It asks nothing of the cluster
# itself (no API server, no containerd), because any part may be missing: it ends
# every process in the cluster's cgroup and removes what bears its name.

cluster_traces() {
  local mount
  [[ ! -e $STATE ]] || echo "state directory $STATE"
  while read -r mount; do
    [[ ! -d $mount/$CGROUP ]] || echo "cgroup $mount/$CGROUP"
  done < <(cgroup_mounts)
  [[ ! -e /run/netns/$NETNS ]] || echo "network namespace $NETNS"
  ! ip link show "$LINK" >/dev/null 2>&1 || echo "link $LINK"
  awk -v s="$STATE/" 'index($2, s) == 1 {print "mount " $2}' /proc/mounts
}

unmount_state() {
  local mount
  # Deepest first. There are none, unless something failed: see containerd.sh.
  while read -r mount; do
    umount "$mount" 2>/dev/null || umount --lazy "$mount" 2>/dev/null || true
  done < <(awk -v s="$STATE/" 'index($2, s) == 1 {print $2}' /proc/mounts | sort -r)
}

# rm may meet a file that a dying process is just writing.
state_removed() { rm -rf --one-file-system "$STATE" 2>/dev/null; }

take_down() {
  local left
  cgroup_kill || true
  stop_network
  unmount_state
  await 5 "the cgroup's directories to go" cgroup_dirs_gone || true
  release_slot
  await 5 "$STATE to be removed" state_removed || true
  rmdir --ignore-fail-on-non-empty "$PODIUM_STATE/slots" 2>/dev/null || true
  left=$(cluster_traces)
  [[ -z $left ]] || die "could not remove everything of the cluster $NAME:"$'\n'"$left"
}
