#!/bin/sh
# pipelines.sh -- what dechaff-pipelines(7) shows works: its command lines are taken from the page
# and run, those for many hosts on two hosts with sshd, the job array on a Slurm of one node, the
# statements for Spark on a cluster of two workers.
#
# As root the test runs in namespaces of its own (network, processes, mounts, host name): the
# hosts, the daemons and what is mounted are gone when it ends, however it ends, and no two runs
# meet. Where that is not allowed, or a program is missing, it says what it leaves out.
#
# Hadoop is neither in Debian nor on PyPI. What it does with a command is done here by a shell
# instead: a process for each split of the input, lines on its standard input, each with a line feed,
# the environment it gives it, and the outputs one after the other.
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

# Spark: a master and two workers in one process, and two executors that are processes of their own,
# all with their files in the scratch directory. $PYTHON has pyspark, or that of `setup.sh pipelines`.
sites() { # PAGES: JSON lines of that many pages of made-up sites
    awk -v pages="$1" -f "$root/tests/tools/sites.awk"
}

to_wet() { # <JSON-LINES: their records, with a line that has a carriage return in it
    awk '{
        uri = text = $0
        sub(/^[{]"url":"/, "", uri)
        sub(/".*/, "", uri)
        sub(/.*"text":"/, "", text)
        sub(/"[}]$/, "\nA caf\303\251\rof " NR, text)
        gsub(/\\n/, "\n", text)
        printf "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: %s\r\nContent-Type: text/plain\r\n", uri
        printf "Content-Length: %d\r\n\r\n%s\n\r\n\r\n", length(text) + 1, text
    }'
}

# JSON lines in four files, those of the corpus and of sites; records in three, each of two members.
spark_corpus() {
    mkdir crawl wet one
    cp "$corpus"/shards/1.jsonl "$corpus"/shards/2.jsonl crawl
    sites 1000 >pages
    split -n l/2 -d -a 1 --additional-suffix=.jsonl pages crawl/0
    sites 500 | tail -n 300 | split -l 50 -d -a 1 - pages.
    for part in pages.?; do to_wet <"$part" | gzip >"$part.gz"; done
    for number in 0 2 4; do
        cat pages.$number.gz pages.$((number + 1)).gz >wet/$number.warc.wet.gz
    done
}

# What one process makes of it.
one_process() {
    dechaff --learn crawl/*.jsonl wet/*.warc.wet.gz >one/sites.rules
    cat crawl/*.jsonl | dechaff --no-config --format=jsonl | sort >one/clean
    cat crawl/*.jsonl | dechaff --no-config -r page -r ./one/sites.rules --format=jsonl | sort >one/clean-sites
    for file in wet/*; do
        zcat "$file" | dechaff --no-config --format=wet >"one/${file##*/}"
    done
    cksum one/*.warc.wet.gz | cut -d ' ' -f 1-2 | sort >one/clean-wet
    if grep -q 'Section ' one/clean && ! grep -q 'Section ' one/clean-sites; then pass; else
        fail "the sites' menus"
    fi
    if [ "$(cat one/*.warc.wet.gz | grep -c "^A caf.*$(printf '\r')of")" -eq 300 ]; then pass; else
        fail 'the lines with a carriage return'
    fi
} 2>"$scratch/stderr"

# dechaff, but the first of each kind takes the executor that it works for with it, the output half
# written: what an operating system out of memory does.
losing_program() {
    mkdir lost
    cat >losing <<END
#!/bin/sh
kind=\$(echo "\$*" | cksum)
if mkdir "$PWD/lost/\${kind%% *}" 2>/dev/null; then
    head -n 50 | "$program" "\$@"
    process=\$\$
    until grep -q CoarseGrainedExecutorBackend "/proc/\$process/cmdline"; do
        process=\$(sed -n 's/^PPid:[^0-9]*//p' "/proc/\$process/status")
        [ "\$process" -gt 1 ] || exit 2
    done
    kill -KILL "\$process"
    exit 2
fi
exec "$program" "\$@"
END
    chmod +x losing
}

settle_spark() { # its settings, in the directory that it works in
    mkdir home conf
    ln -s "$1"/* home
    printf '%s\n' 'spark.master local-cluster[2,1,1024]' 'spark.ui.enabled false' \
        'spark.scheduler.minRegisteredResourcesRatio 1.0' \
        'spark.scheduler.maxRegisteredResourcesWaitingTime 300s' "spark.local.dir $PWD/local" \
        >conf/spark-defaults.conf
    export SPARK_HOME="$PWD/home" SPARK_CONF_DIR="$PWD/conf" SPARK_LOCAL_IP=127.0.0.1 \
        SPARK_LOCAL_HOSTNAME=localhost PYSPARK_PYTHON="$2"
}

# Spark numbers its parts in the order in which the file system lists the files, so lines are compared
# sorted. Each file of records is one part: the sums of the parts are those of one process's files.
same_lines() { # WHAT DIRECTORY
    sort "$2"/part-* >"$scratch/out"
    same "$1: $2" "one/$2" "$scratch/out"
}

spark_python() {
    losing_program
    sed "s|/usr/local/bin/dechaff|$PWD/losing|" python.page >python.losing
    if ! LC_ALL=C.UTF-8 timeout 600 "$PYSPARK_PYTHON" "$root/tests/tools/spark.py" python.losing \
        >"$scratch/stdout" 2>"$scratch/stderr" </dev/null; then
        fail 'Spark, in Python'
        tail -n 20 "$scratch/stderr"
        return
    fi
    same_lines 'Spark, in Python' clean
    same_lines 'Spark, in Python' clean-sites
    same 'Spark: rules learnt apart' one/sites.rules sites.rules
    for part in clean-wet/part-*.gz; do zcat "$part" | cksum; done | sort >"$scratch/out"
    same 'Spark: WET records' one/clean-wet "$scratch/out"
    # Both executors had a part in it, and each job lost one of those that were there.
    if [ "$(grep -l 'Running task' home/work/app-*/[01]/stderr | wc -l)" -eq 2 ]; then pass; else
        fail 'an executor without a task'
    fi
    jobs=$(grep -c '[.]pipe(' python.page)
    lost=$(grep -o 'Lost executor [0-9]*' "$scratch/stderr" | sort -u | wc -l)
    if [ "$(find lost -mindepth 1 | wc -l)" -eq "$jobs" ] && [ "$lost" -ge "$jobs" ]; then pass; else
        fail "of $jobs jobs not all lost an executor: $lost"
    fi
}

spark_scala() {
    rm -r clean
    sed "s|/usr/local/bin/dechaff|$program|" scala.page |
        LC_ALL=C.UTF-8 timeout 600 home/bin/spark-shell >"$scratch/stdout" 2>"$scratch/stderr"
    if [ -e clean/_SUCCESS ]; then same_lines 'Spark, in Scala' clean; else
        fail 'Spark, in Scala'
        tail -n 20 "$scratch/stdout" "$scratch/stderr"
    fi
}

spark() {
    lacks Spark java && return
    : "${PYTHON:=$root/build/spark/bin/python}"
    installed=$("$PYTHON" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))' 2>/dev/null) || {
        skip "Spark: no pyspark for $PYTHON"
        return
    }
    mkdir "$scratch/spark"
    cd "$scratch/spark" || return
    section SPARK | awk '/^\.Ed/ { inside = 0 } inside { print } /^\.Bd/ { inside = 1 }' >page
    grep -v 'Seq(' page >python.page
    grep 'Seq(' page >scala.page
    settle_spark "$installed" "$PYTHON"
    spark_corpus
    one_process
    spark_python
    spark_scala
}
spark

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
