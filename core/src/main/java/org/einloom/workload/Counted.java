package org.einloom.workload;

import java.util.Locale;

/** Numbers of things, as messages and tables say them. */
public final class Counted {
  private Counted() {}

  /**
   * {@code 1 layer}, {@code 0 layers}, {@code 12,345 layers}, {@code 2 classes}.
   *
   * @param noun in the singular, of those whose plural is regular
   */
  public static String of(long n, String noun) {
    String ending = n == 1 ? "" : noun.endsWith("s") || noun.endsWith("x") ? "es" : "s";
    return String.format(Locale.ROOT, "%,d %s%s", n, noun, ending);
  }
}
