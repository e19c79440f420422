# shellcheck shell=bash
# Debian packages, installed only if something is missing.

# what must be there : the package that brings it
CLUSTER_NEEDS=(
  containerd:containerd runc:runc iptables:iptables ip:iproute2 openssl:openssl
  nsenter:util-linux flock:util-linux setsid:util-linux
  /usr/lib/cni/ptp:containernetworking-plugins
  /usr/lib/cni/host-local:containernetworking-plugins
)
IMAGE_NEEDS=(
  buildah:buildah debootstrap:debootstrap unshare:util-linux
  /usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring
)

ensure_packages() { # PREFIX NEED...
  local prefix=$1 need missing=()
  shift
  for need in "$@"; do
    [[ -e ${need%%:*} ]] || command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
  done
  if ((${#missing[@]} == 0)); then return 0; fi
  command -v apt-get >/dev/null ||
    die "missing: ${missing[*]} (and no apt-get to install them with); install them by hand."
  mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
  run_logged "$prefix apt-get update" "$PODIUM_CACHE/log/apt-update.log" apt-get -q update ||
    warn "apt-get update failed; trying with the package lists that are there"
  DEBIAN_FRONTEND=noninteractive run_logged "$prefix installing ${missing[*]}" \
    "$PODIUM_CACHE/log/apt-install.log" \
    apt-get -qy -o DPkg::Lock::Timeout=120 install --no-install-recommends "${missing[@]}" ||
    die "could not install ${missing[*]}"
}
