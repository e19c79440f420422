# shellcheck shell=bash
# A network namespace with a veth pair to the machine. No default route inside:
# nothing in there reaches further than this machine, and the machine's own
# iptables and ip_forward stay as they are.

# Each cluster has a slot, which gives it its addresses. A symbolic link is
# made atomically, so two `up`s never get the same.
claim_slot() {
  local slot
  mkdir -p "$PODIUM_STATE/slots"
  for slot in {0..31}; do
    if [[ $(readlink "$PODIUM_STATE/slots/$slot") == "$NAME" ]]; then break; fi
    # Somebody else's network may use the addresses.
    [[ -z $(ip -4 route show root "10.201.$slot.0/24") ]] || continue
    ! ln -s "$NAME" "$PODIUM_STATE/slots/$slot" 2>/dev/null || break
    slot=
  done
  [[ -n $slot ]] || die "32 clusters are up already; take one down: ls $PODIUM_STATE"
  echo "$slot" >"$STATE/slot"
}

release_slot() {
  local link
  for link in "$PODIUM_STATE"/slots/*; do
    [[ $(readlink "$link") != "$NAME" ]] || rm -f "$link"
  done
}

slot_addresses() {
  local slot
  slot=$(<"$STATE/slot")
  HOST_IP=10.201.$slot.1
  NODE_IP=10.201.$slot.2
  POD_CIDR=10.202.$slot.0/24
  SERVICE_CIDR=10.203.$slot.0/24
  SERVICE_IP=10.203.$slot.1
  DNS_IP=10.203.$slot.10
}

start_network() {
  # `ip netns` makes /run/netns a mount when it is first used. The cluster that
  # caused it undoes it, if by then nobody else has a namespace in there.
  mountpoint -q /run/netns || : >"$PODIUM_STATE/made-run-netns"
  ip netns add "$NETNS"
  ip link add "$LINK" type veth peer name node0 netns "$NETNS"
  ip addr add "$HOST_IP/30" dev "$LINK"
  ip link set "$LINK" up
  in_netns ip link set lo up
  in_netns ip addr add "$NODE_IP/30" dev node0
  in_netns ip link set node0 up
  # Without a route, processes on the node get no answer from a ClusterIP: the
  # route is looked up before kube-proxy's rules rewrite the destination.
  in_netns ip route add "$SERVICE_CIDR" dev node0
  in_netns sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
}

# Not `ip netns exec`: that remounts /sys and hides the cgroups.
in_netns() { nsenter --net="/run/netns/$NETNS" "$@"; }

# Nobody is told: packets to and from the API server just vanish, in connections that stand as well.
cut_off() {
  reconnect
  in_netns iptables -I INPUT 1 -p tcp --dport 6443 -j DROP
  in_netns iptables -I OUTPUT 1 -p tcp --sport 6443 -j DROP
}

reconnect() {
  while in_netns iptables -D INPUT -p tcp --dport 6443 -j DROP 2>/dev/null; do :; done
  while in_netns iptables -D OUTPUT -p tcp --sport 6443 -j DROP 2>/dev/null; do :; done
}

netns_pids() {
  [[ -e /run/netns/$NETNS ]] || return 0
  ip netns pids "$NETNS" 2>/dev/null || true
}

netns_kill_once() {
  local pid
  for pid in $(netns_pids); do kill -KILL "$pid" 2>/dev/null || true; done
  [[ -z $(netns_pids) ]]
}

stop_network() {
  # Whoever was sent into the namespace from outside (a test's client) is not in
  # the cgroup, but belongs to the cluster all the same.
  await 5 "the end of the processes in the namespace $NETNS" netns_kill_once || true
  ! ip link show "$LINK" >/dev/null 2>&1 || ip link del "$LINK" || true
  [[ ! -e /run/netns/$NETNS ]] || ip netns del "$NETNS" || rm -f "/run/netns/$NETNS"
  if [[ -e $PODIUM_STATE/made-run-netns && -z $(ls -A /run/netns 2>/dev/null) ]]; then
    umount /run/netns 2>/dev/null || true
    rmdir /run/netns 2>/dev/null || true
    rm -f "$PODIUM_STATE/made-run-netns"
  fi
}
