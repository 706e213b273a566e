package org.einloom.io.timeloop.template;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names between the brackets of tags: what a template may look up, also in branches that are
 * not taken. Members of something, and what stands in quotes, are none.
 */
final class NamesInTags {
  private static final Pattern QUOTED = Pattern.compile("'[^']*+'|\"[^\"]*+\"");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w{0,99}");

  private NamesInTags() {}

  static Set<String> of(String text) {
    Set<String> names = new LinkedHashSet<>();
    int from = 0;
    while (true) {
      int open = text.indexOf('{', from);
      if (open < 0 || open + 1 >= text.length()) {
        return names;
      }
      char kind = text.charAt(open + 1);
      if (kind != '{' && kind != '%') {
        from = open + 1;
        continue;
      }
      int close = text.indexOf(kind == '{' ? "}}" : "%}", open + 2);
      int end = close < 0 ? text.length() : close;
      String inside = QUOTED.matcher(text.substring(open + 2, end)).replaceAll(" ");
      NAME.matcher(inside).results().forEach(m -> names.add(m.group()));
      from = end;
    }
  }
}
