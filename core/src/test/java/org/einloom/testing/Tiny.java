package org.einloom.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Node;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** Einsums, architectures and mappings from short texts, so that a test shows them at a glance. */
public final class Tiny {
  private static final Pattern TENSOR = Pattern.compile("([\\w#]+)\\[([^]]*)]");
  private static final Pattern TERM =
      Pattern.compile("([+-]?)(?:(\\d+)\\*)?(?:([a-z]\\w*)|(\\d+))");

  private Tiny() {}

  /**
   * An Einsum such as {@code O[m,p] += I[c,2*p+r-1:8] * W[m,c,r]}; a size may follow a rank,
   * otherwise it is what the points reach. Extents as in {@code m=2 p=4 c=3 r=3}.
   */
  public static Einsum einsum(String expression, String extents) {
    Map<String, Long> known = new HashMap<>();
    var variables = new ArrayList<RankVariable>();
    for (String part : extents.split(" ")) {
      String[] sides = part.split("=");
      known.put(sides[0], Long.parseLong(sides[1]));
      variables.add(new RankVariable(sides[0], Long.parseLong(sides[1])));
    }
    var tensors = new ArrayList<TensorAccess>();
    Matcher m = TENSOR.matcher(expression.replace(" ", ""));
    while (m.find()) {
      Role role = tensors.isEmpty() ? Role.OUTPUT : tensors.size() == 2 ? Role.WEIGHT : Role.INPUT;
      var ranks = new ArrayList<TensorAccess.Rank>();
      for (String rank : m.group(2).isEmpty() ? new String[0] : m.group(2).split(",")) {
        ranks.add(rank(rank, known));
      }
      String tensor = m.group(1).split("#")[0];
      tensors.add(new TensorAccess(m.group(1), tensor, role, ranks, OptionalInt.empty()));
    }
    return new Einsum("tiny", variables, tensors.subList(1, tensors.size()), tensors.getFirst());
  }

  private static TensorAccess.Rank rank(String text, Map<String, Long> extents) {
    String[] sides = text.split(":");
    var terms = new ArrayList<Affine.Term>();
    long offset = 0;
    long largest = 0;
    Matcher m = TERM.matcher(sides[0]);
    while (m.find()) {
      long sign = m.group(1).equals("-") ? -1 : 1;
      if (m.group(3) == null) {
        offset += sign * Long.parseLong(m.group(4));
      } else {
        long coefficient = sign * (m.group(2) == null ? 1 : Long.parseLong(m.group(2)));
        terms.add(new Affine.Term(coefficient, m.group(3)));
        largest += Math.max(0, coefficient * (extents.getOrDefault(m.group(3), 1L) - 1));
      }
    }
    long size = sides.length > 1 ? Long.parseLong(sides[1]) : largest + offset + 1;
    return new TensorAccess.Rank(new Affine(terms, offset), size);
  }

  /**
   * A chain of memories ({@code M0}) and fanouts ({@code F0 x=3 y=2 words reduce}, with {@code
   * words}, {@code tiles} or {@code none}, and {@code reduce} or {@code pass}), and tolls ({@code
   * toll T0 A O}); the compute is added.
   */
  public static Architecture architecture(String... lines) {
    var nodes = new ArrayList<Node>();
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words.length == 1) {
        nodes.add(RandomArchitectures.memory(words[0], Keep.MAY_ALL));
      } else if (words[0].equals("toll")) {
        Set<String> tensors = Set.copyOf(List.of(words).subList(2, words.length));
        nodes.add(RandomArchitectures.toll(words[1], tensors));
      } else {
        nodes.add(fanout(words));
      }
    }
    nodes.add(new Compute("X", new Action("compute", Figure.NONE, 0, 1), Figure.NONE, Figure.NONE));
    return new Architecture("tiny", 1e9, "", new Widths(8, 8, 8, 16), nodes);
  }

  private static Fanout fanout(String[] words) {
    var dimensions = new ArrayList<Fanout.Dimension>();
    for (String word : words) {
      if (word.contains("=")) {
        String[] sides = word.split("=");
        dimensions.add(new Fanout.Dimension(sides[0], Long.parseLong(sides[1]), Set.of()));
      }
    }
    List<String> rest = List.of(words).subList(1 + dimensions.size(), words.length);
    Fanout.Multicast multicast =
        switch (rest.getFirst()) {
          case "words" -> Fanout.Multicast.WORDS;
          case "tiles" -> Fanout.Multicast.TILES;
          case "none" -> Fanout.Multicast.NONE;
          default -> throw new IllegalArgumentException(rest.getFirst());
        };
    boolean reduce =
        switch (rest.getLast()) {
          case "reduce" -> true;
          case "pass" -> false;
          default -> throw new IllegalArgumentException(rest.getLast());
        };
    return RandomArchitectures.fanout(words[0], dimensions, multicast, reduce);
  }

  /**
   * Storage nodes ({@code M0: A B O}) and loops ({@code for m 2}, {@code par F0.x m 1}: tiles
   * last).
   */
  public static LoopTree mapping(String... lines) {
    var nodes = new ArrayList<MappingNode>();
    for (String line : lines) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "for" -> nodes.add(new MappingNode.Temporal(words[1], Long.parseLong(words[2])));
        case "par" -> {
          String[] place = words[1].split("\\.");
          nodes.add(
              new MappingNode.Spatial(place[0], place[1], words[2], Long.parseLong(words[3])));
        }
        default -> {
          String memory = words[0].replace(":", "");
          for (String tensor : List.of(words).subList(1, words.length)) {
            nodes.add(new MappingNode.Storage(memory, tensor));
          }
        }
      }
    }
    return new LoopTree(nodes);
  }
}
