# shellcheck shell=bash
# Kubernetes, etcd, CoreDNS, helm and kubeconform, built from their Go modules
# into the cache. Their versions stand in tools/*/go.mod and nowhere else.

# binary : directory under tools/ : module that gives the version : package.
# In the order in which others wait for them.
TOOLS=(
  kube-apiserver:kubernetes:k8s.io/kubernetes:k8s.io/kubernetes/cmd/kube-apiserver
  etcd:etcd:go.etcd.io/etcd/server/v3:go.etcd.io/etcd/server/v3
  kubectl:kubernetes:k8s.io/kubernetes:k8s.io/kubernetes/cmd/kubectl
  helm:helm:helm.sh/helm/v3:helm.sh/helm/v3/cmd/helm
  kubelet:kubernetes:k8s.io/kubernetes:k8s.io/kubernetes/cmd/kubelet
  kube-controller-manager:kubernetes:k8s.io/kubernetes:k8s.io/kubernetes/cmd/kube-controller-manager
  kube-scheduler:kubernetes:k8s.io/kubernetes:k8s.io/kubernetes/cmd/kube-scheduler
  kube-proxy:kubernetes:k8s.io/kubernetes:k8s.io/kubernetes/cmd/kube-proxy
  coredns:coredns:github.com/coredns/coredns:github.com/coredns/coredns
  kubeconform:kubeconform:github.com/yannh/kubeconform:github.com/yannh/kubeconform/cmd/kubeconform
)
# Part of the cache key: raise it when the way of building changes.
BUILD_RECIPE=1

module_version() { # TOOLDIR MODULE
  awk -v m="$2" '$1 == "require" && $2 == m {print $3; exit} $1 == m {print $2; exit}' \
    "$LOCAL/tools/$1/go.mod"
}

tool_dir() { # TOOLDIR MODULE -> the cache directory of what it builds
  local key
  key=$(cat "$LOCAL/tools/$1/go.mod" "$LOCAL/tools/$1/go.sum" - <<<"$BUILD_RECIPE $(uname -m)" |
    sha256sum | cut -c1-12)
  printf '%s' "$PODIUM_CACHE/tools/$1-$(module_version "$1" "$2")-$key"
}

# The directory with all binaries (links); named by the hash of what it links to.
binaries_dir() {
  local tool bin dir module
  for tool in "${TOOLS[@]}"; do
    IFS=: read -r bin dir module _ <<<"$tool"
    printf '%s/%s\n' "$(tool_dir "$dir" "$module")" "$bin"
  done | sha256sum | cut -c1-12 | sed "s|^|$PODIUM_CACHE/bin/|"
}

ldflags() { # TOOLDIR VERSION
  local v=$2 x=k8s.io/component-base/version
  case $1 in
    kubernetes)
      [[ $v =~ ^v([0-9]+)\.([0-9]+)\. ]]
      printf -- '-s -w -X %s.gitVersion=%s -X %s.gitMajor=%s -X %s.gitMinor=%s' \
        $x "$v" $x "${BASH_REMATCH[1]}" $x "${BASH_REMATCH[2]}"
      ;;
    helm) printf -- '-s -w -X helm.sh/helm/v3/internal/version.version=%s' "$v" ;;
    kubeconform) printf -- '-s -w -X main.version=%s' "$v" ;;
    *) printf -- '-s -w' ;;
  esac
}

# Sets BIN. Quick when everything is there. Safe beside another build: one lock
# per binary, a temporary name, an atomic rename.
ensure_binaries() { # STEP-PREFIX
  local prefix=${1:-} tool bin dir module package out n=0 version
  BIN=$(binaries_dir)
  if [[ -e $BIN/.complete ]]; then return; fi
  command -v go >/dev/null ||
    die "Go is not on the PATH; the cluster's binaries are built from Go modules. Install Go 1.25 or newer."
  mkdir -p "$BIN"
  for tool in "${TOOLS[@]}"; do
    IFS=: read -r bin dir module package <<<"$tool"
    n=$((n + 1))
    version=$(module_version "$dir" "$module")
    out=$(tool_dir "$dir" "$module")
    mkdir -p "$out"
    if [[ ! -x $out/$bin ]]; then
      exec {build_lock}>"$out/.$bin.lock"
      flock -n "$build_lock" || {
        say "$prefix waiting for another build of $bin"
        flock "$build_lock"
      }
      if [[ ! -x $out/$bin ]]; then
        GOWORK=off CGO_ENABLED=0 run_logged \
          "$prefix building $bin $version ($n of ${#TOOLS[@]})" "$out/$bin.log" \
          go -C "$LOCAL/tools/$dir" build -trimpath -buildvcs=false \
          -ldflags "$(ldflags "$dir" "$version")" -o "$out/.$bin.new" "$package" ||
          die "could not build $bin $version (Go 1.25 or newer and access to Go modules are needed)"
        mv "$out/.$bin.new" "$out/$bin"
      fi
      exec {build_lock}>&-
    fi
    ln -sfn "$out/$bin" "$BIN/$bin"
  done
  : >"$BIN/.complete"
}
