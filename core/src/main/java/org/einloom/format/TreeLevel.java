package org.einloom.format;

import java.util.HashSet;
import java.util.List;
import org.einloom.workload.InvalidSpecException;

/**
 * A level of a fibertree.
 *
 * @param format of its fibers
 * @param ranks of the tensor, numbered from 0, the outermost, that it cuts; of several, flattened,
 *     the last varies fastest
 * @param block how many coordinates of the rank an element covers, to be cut further by a later
 *     level; 1 for single coordinates, and where ranks are flattened
 */
public record TreeLevel(RankFormat format, List<Integer> ranks, long block) {
  public TreeLevel {
    ranks = List.copyOf(ranks);
    if (ranks.isEmpty() || new HashSet<>(ranks).size() < ranks.size()) {
      throw new InvalidSpecException(
          "a level of a format cuts ranks " + ranks + "; expected at least one, each once");
    }
    if (block < 1 || (block > 1 && ranks.size() > 1)) {
      throw new InvalidSpecException(
          "a level of a format has blocks of "
              + block
              + " along ranks "
              + ranks
              + "; expected at least 1, and 1 where ranks are flattened");
    }
    if (format instanceof RankFormat.RunLength r && r.bits().orElse(1) > 32) {
      throw new InvalidSpecException(
          "run lengths of " + r.bits().orElse(1) + " bits; expected 1 to 32");
    }
  }
}
