# What the set-up scripts share: messages, root rights, and the system's package manager. To be sourced, not run.
# shellcheck shell=bash

# Exit code 3 is, here as in the product, "a needed library or program is missing".
say() { printf 'setup: %s\n' "$*" >&2; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 3; }

system_name() { (. /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-}") || uname -sr; }

has_apt() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

debian_codename() { (. /etc/os-release 2>/dev/null && [ "${ID:-}" = debian ] && printf '%s' "${VERSION_CODENAME:-}") || true; }

is_known_debian() {
    has_apt || return 1
    case "$(debian_codename)" in bookworm | trixie) return 0 ;; *) return 1 ;; esac
}

need_root() {
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null ||
        stop "packages of the system must be installed: run make as root once, or install sudo."
}

# Runs a command as root; the installer never asks a question.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# Runs a command and shows its output only if it fails.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 30 "$log" >&2
        stop "this command failed (exit $status): $*
  Its whole output is in $log."
    fi
    rm -f "$log"
}

apt_refresh() { quietly as_root apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update; }

apt_install() {
    quietly as_root apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 install -y --no-install-recommends "$@"
}

apt_missing() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s\n' "$package"
    done
}
