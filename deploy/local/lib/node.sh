# shellcheck shell=bash
# The one node: kubelet and kube-proxy.

start_kubelet() {
  local enter
  mkdir -p "$STATE/kubelet" "$STATE/log/pods"
  # Under cgroupRoot the kubelet may end pods that it does not know, hence a root
  # of its own. enforceNodeAllocatable: the machine's limits are not ours to set.
  cat >"$STATE/kubelet.yaml" <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NODE_IP
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $PKI/ca.crt}
authorization: {mode: Webhook}
tlsCertFile: $PKI/server.crt
tlsPrivateKeyFile: $PKI/server.key
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP
failCgroupV1: false
enforceNodeAllocatable: []
failSwapOn: false
clusterDNS: [$DNS_IP]
clusterDomain: cluster.local
resolvConf: ""
containerRuntimeEndpoint: unix://$(containerd_socket)
containerLogMaxSize: $LOG_MAX_SIZE
containerLogMaxFiles: 3
containerLogMonitorInterval: 3s
podLogsDir: $STATE/log/pods
volumePluginDir: $STATE/kubelet/volume-plugins
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
maxPods: 110
serializeImagePulls: false
kubeAPIQPS: 100
kubeAPIBurst: 200
eventRecordQPS: 100
eventBurst: 200
EOF
  mapfile -t enter < <(in_containerd_mounts)
  start_component kubelet "${enter[@]}" "$BIN/kubelet" --config "$STATE/kubelet.yaml" \
    --kubeconfig "$STATE/kubeconfigs/kubelet" --root-dir "$STATE/kubelet" \
    --cert-dir "$STATE/kubelet/pki" --node-ip "$NODE_IP" --hostname-override "$NODE"
}

start_proxy() {
  # conntrack 0: its settings belong to the whole machine, and may not be written.
  cat >"$STATE/kube-proxy.yaml" <<EOF
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
bindAddress: $NODE_IP
clusterCIDR: $POD_CIDR
hostnameOverride: $NODE
clientConnection: {kubeconfig: $STATE/kubeconfigs/kube-proxy}
conntrack: {maxPerCore: 0, min: 0}
EOF
  start_component kube-proxy "$BIN/kube-proxy" --config "$STATE/kube-proxy.yaml"
}

node_ready() {
  [[ $(kubectl_admin get node "$NODE" \
    -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null) == True ]]
}
