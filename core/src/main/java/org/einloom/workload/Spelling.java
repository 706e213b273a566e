package org.einloom.workload;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name was meant by one that is not known. */
public final class Spelling {
  /** Nobody means so long a name; the distance takes quadratic time. */
  private static final int LONGEST = 60;

  private Spelling() {}

  /**
   * The known name that a slip of the fingers turns into the given one: letters swapped, left out,
   * doubled or wrong, at most one in three; letter case counts for less than any of these. In names
   * of one or two letters only an extra or missing letter, since any letter is like any other.
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    if (given.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.max(1, given.length() / 3);
    return known.stream()
        .filter(k -> Math.abs(k.length() - given.length()) <= most)
        .filter(k -> !k.equals(given) && distance(lower(given), lower(k)) <= most)
        .filter(k -> given.length() > 2 || sharesLetters(lower(given), lower(k)))
        .min(
            Comparator.<String>comparingInt(k -> distance(lower(given), lower(k)))
                .thenComparingInt(k -> distance(given, k)));
  }

  private static boolean sharesLetters(String a, String b) {
    return distance(a, b) == Math.abs(a.length() - b.length());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The optimal string alignment distance: insertions, deletions, changes, neighbours swapped. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
