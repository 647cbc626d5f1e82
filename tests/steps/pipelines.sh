#!/bin/sh
# pipelines.sh -- what dechaff-pipelines(7) shows works: its command lines are taken from the page
# and run, those for many hosts on two hosts with sshd, the job array on a Slurm of one node.
#
# As root the test runs in namespaces of its own (network, processes, mounts, host name): the
# hosts, the daemons and what is mounted are gone when it ends, however it ends, and no two runs
# meet. Where that is not allowed, or a program is missing, it says what it leaves out.
#
# Hadoop and Spark are not in Debian. What they do with a command is done here by a shell instead:
# a process for each split of the input, lines on its standard input, each with a line feed, the
# environment they give it, and the outputs one after the other.
if [ -z "${PIPELINES_ALONE:-}" ]; then
    if [ "$(id -u)" -ne 0 ]; then
        PIPELINES_ALONE='not root'
    elif said=$(unshare --net --pid --mount --uts --fork --mount-proc true 2>&1); then
        export PIPELINES_ALONE=yes
        exec unshare --net --pid --mount --uts --fork --kill-child --mount-proc sh "$0"
    else
        PIPELINES_ALONE="no namespaces: $said"
    fi
fi
. "$(dirname "$0")/../lib.sh"
page=$root/man/dechaff-pipelines.7
work=$scratch/work
mkdir "$scratch/bin" "$scratch/home" "$scratch/log" "$scratch/expected" "$work"
chmod 755 "$scratch"
export HOME="$scratch/home" PATH="$scratch/bin:$PATH:/usr/sbin:/sbin"
unset PARALLEL SLURM_CONF

# The program where the page has it, where that can be done without touching the system; like a
# build tree, so that it finds its rules whatever PREFIX it was built for.
if [ "$PIPELINES_ALONE" = yes ]; then
    ip link set lo up
    mount -t tmpfs tmpfs /run
    mkdir /run/sshd
    mount -t tmpfs tmpfs /usr/local/bin
    cp -r "$DECHAFF" "$root/filter.c" "$root/rules" /usr/local/bin
    program=/usr/local/bin/dechaff
else
    program=$DECHAFF
fi
ln -s "$program" "$scratch/bin/dechaff"

lacks() { # WHAT PROGRAM...: says so and is true where one is missing
    what=$1 missing=
    shift
    for needed; do
        command -v "$needed" >/dev/null 2>&1 || missing="$missing $needed"
    done
    [ -z "$missing" ] || skip "$what:$missing not installed"
    [ -n "$missing" ]
}

alone() { # WHAT
    [ "$PIPELINES_ALONE" = yes ] || skip "$1: $PIPELINES_ALONE"
    [ "$PIPELINES_ALONE" = yes ]
}

eventually() { # COMMAND...: until it succeeds; each waits by itself for what it needs
    tries=0
    until timeout 10 "$@" >"$scratch/log/eventually" 2>&1; do
        tries=$((tries + 1))
        if [ $tries -ge 500 ]; then
            cat "$scratch/log/eventually"
            return 1
        fi
    done
}

section() { # NAME: that part of the page, without its markup
    awk -v name="$1" '/^\.S[hs] / { inside = substr($0, 5) == name; next } inside' "$page" |
        sed 's/\\e/\\/g'
}

# The corpus: three shards of JSON lines, in the last a line that is no JSON and then one without a
# line feed at its end; a shard of WET records; pages of text.
document() { # FIRST LAST
    awk -v first="$1" -v last="$2" 'BEGIN {
        for (i = first; i <= last; i++) {
            text = "The oven of house " i % 40 " was lit at four, caf\303\251 and all.\\n\\n"
            for (n = i % 7; n >= 0; n--)
                text = text "By nine the last loaf of row " n " was sold to a man with \\u00e9clairs.\\n"
            printf "{\"id\":%d,\"language\":\"%s\",\"text\":\"%sShare this\\nTweet\"}\n", \
                i, i % 3 ? "en" : "de", text
        }
    }'
}

record() { # NUMBER
    text=$(printf 'The oven of house %d was lit at four.\nShare this\nThe last loaf was sold.' "$1")
    printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/%d\r\n' "$1"
    printf 'WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000%d>\r\n' "$1"
    printf 'Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\n\r\n\r\n' $((${#text} + 1)) "$text"
}

corpus=$scratch/corpus
mkdir "$corpus" "$corpus/shards" "$corpus/pages" "$corpus/clean"
document 1 3000 >"$corpus/shards/0.jsonl"
document 3001 6000 >"$corpus/shards/1.jsonl"
{ document 6001 8999 && echo '{"id": 0, "text": "cut sh' && document 9000 9000 | tr -d '\n'; } >"$corpus/shards/2.jsonl"
cat "$corpus"/shards/*.jsonl >"$corpus/shard.jsonl"
gzip -k "$corpus/shard.jsonl"
for number in 1 2 3; do
    record $number >"$scratch/record"
    gzip <"$scratch/record" >>"$corpus/pages.warc.wet.gz"
done
for number in 1 2 3 4 5 6 7; do
    printf 'House %d lit its oven at four.\n\nShare this\n' $number >"$corpus/pages/$number.txt"
done
section SLURM | awk '/^\.Bd/ { inside = 1; next } /^\.Ed/ { exit } inside' >"$corpus/clean.sbatch"

# What must come of it, by one run over each, and that it is what it should be.
expected=$scratch/expected
(
    cd "$corpus" || exit 2
    dechaff --no-config --format=jsonl <shard.jsonl >"$expected/clean.jsonl" 2>"$scratch/log/single"
    echo $? >"$scratch/log/status"
    zcat pages.warc.wet.gz | dechaff --no-config --format=wet >"$expected/clean.warc.wet"
    for text in pages/*.txt; do dechaff --no-config "$text"; done >"$expected/pages"
)
sums() { # FILE: lines, sentences that must stay, lines that must go
    wc -l <"$1"
    grep -o 'was lit at four' "$1" | wc -l
    grep -o 'was sold' "$1" | wc -l
    grep -c 'Share this' "$1"
}
sums "$corpus/shard.jsonl" | sed '$s/.*/0/' >"$scratch/sums"
sums "$expected/clean.jsonl" >"$scratch/out"
same 'a line for each document, its sentences there and its chrome gone' "$scratch/sums" "$scratch/out"
echo 1 >"$scratch/one"
same 'a line that is no JSON needs a look' "$scratch/one" "$scratch/log/status"
if [ "$(grep -c 'was lit at four' "$expected/clean.warc.wet")" -eq 3 ] &&
    ! grep -q 'Share this' "$expected/clean.warc.wet"; then pass; else fail 'the WET records'; fi
if [ "$(grep -c 'lit its oven' "$expected/pages")" -eq 7 ] && ! grep -q 'Share this' "$expected/pages"; then
    pass
else
    fail 'the pages of text'
fi

# The shards compressed, and a reference of the documents in German, where there is a zstd, a jq.
if command -v zstd >/dev/null 2>&1; then
    for shard in "$corpus/shard.jsonl" "$corpus"/shards/*.jsonl; do zstd -q "$shard"; done
fi
if command -v jq >/dev/null 2>&1; then
    grep '"language":"de"' "$expected/clean.jsonl" | jq -c . >"$expected/german.jsonl"
fi

contents() { # FILE...
    for file; do
        case $file in
        *.zst) zstdcat "$file" ;;
        *.gz) zcat "$file" ;;
        *) cat "$file" ;;
        esac
    done
}

compare() { # COMMAND EXPECTED FILE...: the files one after the other, if they are there
    [ -e "$3" ] || return 0
    command=$1 reference=$expected/$2 found=yes
    shift 2
    contents "$@" >"$scratch/out"
    same "$command" "$reference" "$scratch/out"
}

# Whatever results a command left, against what they must be; true if there were any.
results() { # COMMAND
    found=
    compare "$1" clean.jsonl clean.jsonl
    compare "$1" clean.jsonl clean.jsonl.zst
    compare "$1" clean.jsonl clean.jsonl.gz
    compare "$1" clean.warc.wet clean.warc.wet.gz
    compare "$1" german.jsonl german.jsonl
    compare "$1" clean.jsonl clean/?.jsonl
    compare "$1" clean.jsonl clean/?.jsonl.zst
    compare "$1" clean.jsonl shards/?.clean
    cat pages/*.txt | cmp -s - "$scratch/pages" || compare "$1" pages pages/?.txt
    [ -n "$found" ]
}
cat "$corpus"/pages/*.txt >"$scratch/pages"

fresh() { # a work directory with the corpus alone
    cd "$scratch" || exit 2
    rm -rf "$work"
    cp -r "$corpus" "$work"
    cd "$work" || exit 2
}

run() { # STATUS COMMAND: runs it and looks at its status and its results, or what it wrote
    fresh
    timeout 120 sh -c "$2" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null
    status=$?
    if [ $status -ne "$1" ]; then
        fail "status $status, not $1: $2"
        head -n 10 "$scratch/stderr"
    elif ! results "$2"; then
        if [ -s "$scratch/stdout" ]; then pass; else fail "nothing came of: $2"; fi
    fi
}

# Every command line of a section, with its programs. A shard has a line that needs a look, so
# where the page's command does not let status 1 pass, 1 is what GNU parallel counts.
lines() { # SECTION
    section "$1" | sed -n 's/^\$ //p' >"$scratch/commands"
    [ -s "$scratch/commands" ] || fail "no command lines under $1"
    while IFS= read -r line <&3; do
        status=0 needs=
        case $line in *--transferfile* | *'parallel --pipe'*) status=1 ;; esac
        for needed in zstd jq xargs parallel bash; do
            case $line in *"$needed"*) needs="$needs $needed" ;; esac
        done
        # shellcheck disable=SC2086  # words
        lacks "$line" $needs || run $status "$line"
    done 3<"$scratch/commands"
}

lines 'Status 1'
lines SHARDS
lines 'ONE HOST'

# What the page says of the statuses.
run 123 "find shards -name '*.jsonl' -print0 | xargs -0 -n 1 -P 4 sh -c 'dechaff -o \"clean/\${1##*/}\" \"\$1\"' sh"
run 1 'dechaff no-such-shard.jsonl || [ $? -eq 1 ] || { echo not 1; exit 1; }'
if ! lacks 'the job log' parallel; then
    fresh
    parallel --joblog jobs.log 'dechaff -o clean/{/} {}' ::: shards/*.jsonl no-such.jsonl 2>/dev/null
    echo $? >"$scratch/out"
    awk 'NR > 1 { print $7 }' jobs.log | sort >>"$scratch/out"
    printf '%s\n' 2 0 0 1 2 >"$scratch/statuses"
    same 'the statuses of parallel and in its job log' "$scratch/statuses" "$scratch/out"
fi

# Two hosts: a network namespace each with its own sshd, host name, home directory and files; they
# have the program and nothing of this test's corpus.
host() { # NAME NUMBER
    ip netns add "$1"
    ip link add "veth$2" type veth peer name eth0 netns "$1"
    ip addr add "10.77.$2.1/24" dev "veth$2"
    ip link set "veth$2" up
    ip -n "$1" addr add "10.77.$2.2/24" dev eth0
    ip -n "$1" link set eth0 up
    printf '%s\n' "ListenAddress 10.77.$2.2" "HostKey $ssh/host" 'PidFile none' 'StrictModes no' \
        "AuthorizedKeysFile $ssh/user.pub" 'PermitRootLogin prohibit-password' 'UsePAM no' \
        'MaxStartups 100' >"$ssh/$1.sshd"
    printf '%s\n' "Host $1" "HostName 10.77.$2.2" >>"$ssh/config"
    echo "10.77.$2.2 $(cut -d ' ' -f 1-2 "$ssh/host.pub")" >>"$ssh/known"
    # shellcheck disable=SC2016  # for the inner shell
    ip netns exec "$1" unshare --uts sh -c 'hostname "$1"
        mount -t tmpfs tmpfs "$(getent passwd root | cut -d : -f 6)"
        mount -t tmpfs tmpfs "$2"
        exec "$3" -D -e -f "$4"' sh "$1" "$scratch/home" "$(command -v sshd)" "$ssh/$1.sshd" \
        2>"$scratch/log/$1" &
}

many_hosts() {
    alone 'many hosts' || return
    lacks 'many hosts' ip sshd ssh ssh-keygen rsync parallel zstd && return
    ssh=$scratch/ssh
    mkdir "$ssh"
    ssh-keygen -q -t ed25519 -N '' -f "$ssh/host"
    ssh-keygen -q -t ed25519 -N '' -f "$ssh/user"
    host one 1
    host two 2
    printf '%s\n' 'Host *' "IdentityFile $ssh/user" 'IdentitiesOnly yes' "UserKnownHostsFile $ssh/known" \
        'ConnectionAttempts 20' 'BatchMode yes' 'LogLevel ERROR' >>"$ssh/config"
    printf '#!/bin/sh\nexec %s -F "%s" "$@"\n' "$(command -v ssh)" "$ssh/config" >"$scratch/bin/ssh"
    chmod +x "$scratch/bin/ssh"
    hash -r
    for name in one two; do
        ssh $name 'hostname; ls' >"$scratch/out" 2>&1 </dev/null
        echo $name >"$scratch/name"
        same "a host $name of its own, with no files" "$scratch/name" "$scratch/out"
    done
    lines 'MANY HOSTS'
    # Both had a part in it, and nothing is left there.
    for name in one two; do
        if [ "$(grep -c 'Accepted publickey' "$scratch/log/$name")" -gt 2 ]; then pass; else
            fail "$name was not asked to do anything"
            head -n 10 "$scratch/log/$name"
        fi
        ssh $name 'find . -type f' >"$scratch/out" 2>&1 </dev/null
        : >"$scratch/none"
        same "no files left on $name" "$scratch/none" "$scratch/out"
    done
}
many_hosts

# A queue: munged, slurmctld and slurmd, all three with their files in the scratch directory.
slurm() {
    alone 'the job array' || return
    lacks 'the job array' munged munge slurmctld slurmd sbatch sinfo scontrol bash zstd ip && return
    slurm=$scratch/slurm
    mkdir -m 755 "$slurm" "$slurm/state" "$slurm/spool"
    mkdir -m 700 "$slurm/munge"
    head -c 1024 /dev/urandom >"$slurm/munge/key"
    chmod 400 "$slurm/munge/key"
    hostname head
    # Slurm looks for an address that is not the loopback's.
    ip link add queue type veth peer name queue-end
    ip addr add 10.77.3.1/24 dev queue
    ip link set queue up
    ip link set queue-end up
    printf '%s\n' ClusterName=test 'SlurmctldHost=head(10.77.3.1)' SlurmUser=root AuthType=auth/munge \
        "AuthInfo=socket=$slurm/munge/socket" CredType=cred/munge ProctrackType=proctrack/pgid \
        TaskPlugin=task/none JobAcctGatherType=jobacct_gather/none MpiDefault=none \
        AccountingStorageType=accounting_storage/none ReturnToService=2 \
        "StateSaveLocation=$slurm/state" "SlurmdSpoolDir=$slurm/spool" \
        "SlurmctldPidFile=$slurm/slurmctld.pid" "SlurmdPidFile=$slurm/slurmd.pid" \
        SelectType=select/cons_tres SelectTypeParameters=CR_CPU \
        'NodeName=head NodeAddr=10.77.3.1 CPUs=2' \
        'PartitionName=all Nodes=head Default=YES MaxTime=5 State=UP' >"$slurm/slurm.conf"
    export SLURM_CONF="$slurm/slurm.conf"
    munged --foreground --force --socket="$slurm/munge/socket" --key-file="$slurm/munge/key" \
        --pid-file="$slurm/munge/pid" --seed-file="$slurm/munge/seed" \
        --log-file="$slurm/munge/log" 2>"$scratch/log/munged" &
    eventually munge -n --socket="$slurm/munge/socket" || { fail 'munged' && return; }
    cd "$slurm" || return
    slurmctld -D -c 2>"$scratch/log/slurmctld" &
    slurmd -D -N head 2>"$scratch/log/slurmd" &
    eventually sinfo -h || { fail 'slurmctld' && return; }
    lines SLURM
    grep -c '^dechaff: .*line 3000' clean-?.log | sed 's/.*://' >"$scratch/out"
    printf '%s\n' 0 0 1 >"$scratch/messages"
    same 'the one bad line is in the log of its task' "$scratch/messages" "$scratch/out"

    # A shard that is cut short makes its task, and no other, fail; it leaves no file.
    fresh
    head -c 1000 "$corpus/shards/1.jsonl.zst" >shards/1.jsonl.zst
    timeout 120 sbatch --wait --array=0-2 clean.sbatch >"$scratch/out" 2>&1
    echo "status $?" >"$scratch/out"
    ls clean >>"$scratch/out"
    printf '%s\n' 'status 1' 0.jsonl.zst 1.jsonl.zst.part 2.jsonl.zst >"$scratch/tasks"
    same 'a task that fails' "$scratch/tasks" "$scratch/out"
}
slurm

# Hadoop Streaming: as the page's mapper, once the shell that submits the job has read it; beside
# it what -files brings; the job's settings in the environment, with dots as underscores.
fresh
mapper=$(section 'HADOOP STREAMING' | sed -n 's/^ *-mapper "\(.*\)".*/\1/p' | sed 's/\\\$/$/g')
[ -n "$mapper" ] || fail 'no mapper in the page'
cp "$program" dechaff
ln -s "$root/rules" rules
{ cat "$expected/clean.jsonl" && echo; } >"$expected/lines"
for parts in 1 3 7; do
    rm -f split.*
    split -n "l/$parts" shard.jsonl split.
    number=0
    for part in split.*; do
        { cat "$part" && [ -z "$(tail -c 1 "$part")" ] || echo; } |
            env -i PATH="$PATH" mapreduce_job_id=job_1 mapreduce_task_partition=$number \
                mapreduce_map_input_file="hdfs://crawl/$part" mapreduce_job_reduces=0 LINES=9 \
                sh -c "$mapper" 2>"$scratch/stderr" || fail "mapper $number of $parts"
        number=$((number + 1))
    done >"$scratch/out"
    same "Hadoop Streaming: a mapper for each of $parts splits" "$expected/lines" "$scratch/out"
done

# Spark: the commands of both lines of the page. Python's pipe() divides its string as a shell
# does and gives no environment; Scala's takes the words as they are and hands its own on.
section SPARK | sed -n 's/^sc.*pipe("\(.*\)", checkCode.*/\1/p
    s/^sc.*pipe(Seq("sh", "-c", "\(.*\)")).*/sh -c '"'\1'"'/p' |
    sed "s|/usr/local/bin/dechaff|$program|" >"$scratch/commands"
if [ "$(wc -l <"$scratch/commands")" -eq 2 ]; then pass; else fail 'the commands for Spark'; fi
environment='env -i'
while IFS= read -r command <&3; do
    for part in split.*; do
        { cat "$part" && [ -z "$(tail -c 1 "$part")" ] || echo; } >"$scratch/elements"
        # shellcheck disable=SC2086  # words
        eval "$environment $command" <"$scratch/elements" 2>"$scratch/stderr" || fail "$command"
    done >"$scratch/out"
    same "Spark, by partition: $command" "$expected/lines" "$scratch/out"
    environment='env'
done 3<"$scratch/commands"

# cron: the line without its five fields, run as cron(8) does.
fresh
mkdir new 'done'
mv shards/*.jsonl new
command=$(section CRON | sed -n "s|^0 5 [*] [*] [*]  cd /srv/crawl|cd '$work'|p" | sed "s|/usr/local/bin/dechaff|$program|")
env -i HOME="$HOME" LOGNAME=nobody SHELL=/bin/sh PATH=/usr/bin:/bin /bin/sh -c "$command" 2>"$scratch/stderr"
echo "status $?, $(find 'done' -type f | wc -l) done, $(find new -type f | wc -l) new, $(wc -l <"$scratch/stderr") message" >"$scratch/out"
echo 'status 0, 3 done, 0 new, 1 message' >"$scratch/cron"
same 'the job of cron' "$scratch/cron" "$scratch/out"
results 'the results of cron' || fail 'nothing came of the job of cron'
cd / || exit 2
finish
