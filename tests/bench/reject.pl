# reject.pl EXPRESSIONS FILE... -- prints the lines that none of the expressions
# matches, as dechaff and grep -v -i -f do: Perl's part in bench.sh.
use strict;
use warnings;
no warnings 'utf8';
use open qw(:std :encoding(UTF-8));

open my $list, '<', shift or die "expressions: $!\n";
chomp(my @expressions = <$list>);
my $any = join '|', @expressions;
my $rejected = qr/$any/i;
while (<>) {
    chomp(my $line = $_);
    print unless $line =~ $rejected;
}
