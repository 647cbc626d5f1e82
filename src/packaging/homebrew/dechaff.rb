class Dechaff < Formula
  desc "@SUMMARY@"
  homepage "@HOMEPAGE@"
  url "@DOWNLOADS@/dechaff-@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "ISC"

  depends_on "make" => :build
  depends_on "pkgconf" => :build
  depends_on "libmd"
  depends_on "pcre2"

  def install
    system "gmake", "PREFIX=#{prefix}", "bashdir=#{bash_completion}", "zshdir=#{zsh_completion}",
           "fishdir=#{fish_completion}", "install"
  end

  test do
    (testpath/"page.txt").write <<~EOS
      The oven was lit at four on Monday.

      Share on Facebook
    EOS
    assert_equal "The oven was lit at four on Monday.\n", shell_output("#{bin}/dechaff page.txt")
  end
end
