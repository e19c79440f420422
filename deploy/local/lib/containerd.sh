# shellcheck shell=bash
# containerd with directories, sockets and a mount namespace of its own.

CTR_NAMESPACE=k8s.io
PAUSE_IMAGE=docker.io/podium/pause:1
# containerd, its shims and the kubelet also write to these, whatever their
# configuration says; in the cluster's mount namespace they are the cluster's own.
PRIVATE_DIRS=(/run /var/lib /var/log)

containerd_socket() { printf '%s' "$STATE/containerd/containerd.sock"; }
ctr_cluster() { ctr --address "$(containerd_socket)" --namespace "$CTR_NAMESPACE" "$@"; }
containerd_answers() { [[ -S $(containerd_socket) ]] && ctr_cluster version >/dev/null 2>&1; }

# All mounts of pods and volumes live in a mount namespace that ends with the
# last process in it, so a `kill -9` cannot leave any on the machine.
private_mounts_script() {
  local dir own keep
  printf '#!/bin/bash\nset -e\n'
  for dir in "${PRIVATE_DIRS[@]}"; do
    own=$STATE/private$dir
    mkdir -p "$own"
    # What the components need must stay visible below a directory that is covered.
    for keep in "$PODIUM_STATE" "$PODIUM_CACHE"; do
      [[ $keep == "$dir"/* ]] || continue
      mkdir -p "$own${keep#"$dir"}"
      printf 'mount --rbind %q %q\n' "$keep" "$own${keep#"$dir"}"
    done
    printf 'mount --rbind %q %q\n' "$own" "$dir"
  done
  # shellcheck disable=SC2016
  printf 'exec "$@"\n'
}

start_containerd() {
  local etc=$STATE/containerd
  mkdir -p "$etc/cni" "$STATE/tmp"
  cat >"$etc/config.toml" <<EOF
version = 2
root = "$etc/root"
state = "$etc/state"
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
]
[grpc]
  address = "$(containerd_socket)"
[ttrpc]
  address = "$(containerd_socket).ttrpc"
[plugins."io.containerd.internal.v1.opt"]
  path = "$etc/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  # A process may raise its own OOM score, but on some machines not lower it.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$etc/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = "$etc/runc"
      SystemdCgroup = false
EOF
  # ptp, not bridge: with a bridge, the replies of a Service on the same node
  # would bypass kube-proxy's rules unless br_netfilter is loaded.
  cat >"$etc/cni/10-podium.conflist" <<EOF
{
  "cniVersion": "0.4.0",
  "name": "podium-$NAME",
  "plugins": [
    {
      "type": "ptp",
      "ipMasq": false,
      "ipam": {
        "type": "host-local",
        "ranges": [[{"subnet": "$POD_CIDR"}]],
        "routes": [{"dst": "0.0.0.0/0"}],
        "dataDir": "$etc/ipam"
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
EOF
  private_mounts_script >"$STATE/private-mounts"
  chmod 700 "$STATE/private-mounts"
  start_component containerd unshare --mount --propagation slave "$STATE/private-mounts" \
    containerd --config "$etc/config.toml"
}

# For components that share containerd's view of the mounts.
in_containerd_mounts() { printf '%s\n' nsenter "--mount=/proc/$(component_pid containerd)/ns/mnt" --; }

image_digest_in() { # TAR -> the digest of its first manifest
  tar -xOf "$1" index.json | tr -d ' \n' | sed -n 's/.*"manifests":\[{[^]]*"digest":"\([^"]*\)".*/\1/p'
}
image_name_in() { # TAR -> its full name
  tar -xOf "$1" index.json | tr -d ' \n' |
    sed -n 's/.*"org.opencontainers.image.ref.name":"\([^"]*\)".*/\1/p'
}

# True once the runtime interface for the kubelet has noticed the image, too.
image_loaded() { # NAME DIGEST
  ctr_cluster images ls "name==$1" 2>/dev/null |
    awk -v n="$1" -v d="$2" '$1 == n && $3 == d && /io.cri-containerd.image=managed/ {ok = 1} END {exit !ok}'
}

load_image() { # TAR
  local tar=$1 name digest start=$SECONDS
  [[ -f $tar ]] || die "no such file: $tar"
  name=$(image_name_in "$tar") digest=$(image_digest_in "$tar")
  [[ -n $name && -n $digest ]] ||
    die "$tar is not an OCI archive with a named image; make it with: deploy/local/image build"
  if image_loaded "$name" "$digest"; then
    say "$name is loaded already"
    return 0
  fi
  # This unpacks it, too, so that the first pod need not.
  ctr_cluster images import "$tar" >"$STATE/log/import.log" 2>&1 ||
    die "could not import $tar: $(tail -n 1 "$STATE/log/import.log")"
  await 20 "$name to be known to the kubelet" image_loaded "$name" "$digest" ||
    die "containerd did not take $name in; see $STATE/log/containerd.log"
  say "loaded $name ($(elapsed $((SECONDS - start))))"
}
