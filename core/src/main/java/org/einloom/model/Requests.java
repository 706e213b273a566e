package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.einloom.arch.Fanout.Multicast;

/** Takes the requests of one step up to the parent, merging them fanout by fanout. */
final class Requests {
  /**
   * What one instance asks for.
   *
   * @param instance of the component that the request has reached
   * @param words each once; in ascending order where a fanout on the way compares sets
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Request(long instance, int[] words) {}

  /** A set of words by what is in it. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  private record Content(int[] words) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Content c && Arrays.equals(words, c.words);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(words);
    }
  }

  private final Chain chain;
  private final Book book;
  private final int[] seen;
  private int stamp;

  Requests(Chain chain, Book book, int words) {
    this.chain = chain;
    this.book = book;
    seen = new int[words];
  }

  /** Whether a fanout above a level compares sets, which therefore must be in order. */
  boolean comparesSets(int level) {
    return Arrays.stream(chain.above(level)).anyMatch(f -> chain.multicast(f) == Multicast.TILES);
  }

  /**
   * Counts the reads that a level's requests make on their way.
   *
   * @param requests in the order of the instances
   * @param times for how many steps they stand
   */
  void rise(int level, List<Request> requests, long times) {
    if (level == 0 || requests.isEmpty()) {
      return;
    }
    int at = chain.node(level);
    List<Request> rising = requests;
    boolean compared = comparesSets(level);
    for (int f : chain.above(level)) {
      rising = arrive(rising, at, f, times);
      at = f;
      rising = merge(chain.multicast(f), rising, compared);
    }
    arrive(rising, at, chain.node(level - 1), times);
  }

  private List<Request> arrive(List<Request> rising, int from, int to, long times) {
    List<Request> arrived = new ArrayList<>(rising.size());
    for (Request r : rising) {
      long instance = chain.outer(r.instance, from, to);
      book.reads(to, instance, Limits.multiply(r.words.length, times));
      arrived.add(new Request(instance, r.words));
    }
    return arrived;
  }

  private List<Request> merge(Multicast multicast, List<Request> requests, boolean ordered) {
    if (multicast == Multicast.NONE) {
      return requests;
    }
    List<Request> merged = new ArrayList<>();
    for (int from = 0, to; from < requests.size(); from = to) {
      long instance = requests.get(from).instance;
      to = from + 1;
      while (to < requests.size() && requests.get(to).instance == instance) {
        to++;
      }
      List<Request> same = requests.subList(from, to);
      if (same.size() == 1) {
        merged.add(same.getFirst());
      } else if (multicast == Multicast.WORDS) {
        merged.add(new Request(instance, union(same, ordered)));
      } else {
        Set<Content> different = new HashSet<>();
        same.stream().filter(r -> different.add(new Content(r.words))).forEach(merged::add);
      }
    }
    return merged;
  }

  private int[] union(List<Request> requests, boolean ordered) {
    int total = 0;
    for (Request r : requests) {
      total += r.words.length;
    }
    int[] union = new int[total];
    int n = 0;
    stamp++;
    for (Request r : requests) {
      for (int word : r.words) {
        if (seen[word] != stamp) {
          seen[word] = stamp;
          union[n++] = word;
        }
      }
    }
    union = Arrays.copyOf(union, n);
    if (ordered) {
      Arrays.sort(union);
    }
    return union;
  }
}
