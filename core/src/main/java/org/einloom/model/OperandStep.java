package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a storage level of an operand: what enters, and where it comes from. */
final class OperandStep {
  private final Chain chain;
  private final int level;
  private final Book book;
  private final Requests requests;
  private final Adjacent adjacent;
  private final boolean ordered;
  private final int[] marked;
  private int stamp;

  /** Tiles by instance. */
  private final Map<Long, int[]> entering = new LinkedHashMap<>();

  OperandStep(Chain chain, int level, Book book, Requests requests, int words) {
    this.chain = chain;
    this.level = level;
    this.book = book;
    this.requests = requests;
    adjacent = new Adjacent(chain, level);
    ordered = level > 0 && requests.comparesSets(level);
    marked = new int[words];
  }

  /** An instance is active; instances come in their order. */
  void enter(long instance, int[] tile) {
    entering.put(instance, tile);
  }

  /** What has been said to enter. */
  Map<Long, int[]> entering() {
    return entering;
  }

  /** Makes ready for the next step. */
  void clear() {
    entering.clear();
  }

  /**
   * Counts.
   *
   * @param held by instance, what it held when the step began
   * @param times for how many steps this one stands
   */
  void count(Map<Long, int[]> held, long times) {
    List<Requests.Request> rising = new ArrayList<>();
    for (Map.Entry<Long, int[]> e : entering.entrySet()) {
      long instance = e.getKey();
      int[] news = without(e.getValue(), held.get(instance));
      if (news.length > 0) {
        book.fills(chain.node(level), instance, Limits.multiply(news.length, times));
        news = handedOn(instance, news, held, times);
      }
      if (news.length > 0) {
        rising.add(new Requests.Request(instance, news));
      }
    }
    requests.rise(level, rising, times);
  }

  /** Counts what neighbours hand on of the words that an instance needs; returns the others. */
  private int[] handedOn(long instance, int[] needed, Map<Long, int[]> held, long times) {
    int[] left = needed;
    for (Adjacent.Link link : adjacent.to(instance)) {
      int[] rest = without(left, held.get(link.instance()));
      long words = Limits.multiply(left.length - rest.length, times);
      if (words > 0) {
        long fanout = chain.outer(instance, chain.node(level), link.fanout());
        book.links(chain.node(level), link.instance(), words);
        book.links(link.fanout(), fanout, words);
      }
      left = rest;
    }
    return left;
  }

  private int[] without(int[] tile, int @Nullable [] others) {
    int[] left = tile.clone();
    int n = 0;
    stamp++;
    if (others != null) {
      for (int word : others) {
        marked[word] = stamp;
      }
    }
    for (int word : tile) {
      if (marked[word] != stamp) {
        left[n++] = word;
      }
    }
    left = Arrays.copyOf(left, n);
    if (ordered) {
      Arrays.sort(left);
    }
    return left;
  }
}
