package org.einloom.arch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * Replicates everything below it along named dimensions, joined by a network.
 *
 * @param name unique in the architecture
 * @param dimensions at least one
 * @param multicast how the network merges equal requests of its children
 * @param reduce whether it adds up results for the same word on their way up
 * @param transfer what one word crossing its lower face costs, down or up, if anything
 * @param links what children next to each other pass on, if anything
 * @param areaUm2 of the network, per instance of this fanout
 * @param leakageUw of the network, per instance of this fanout
 */
public record Fanout(
    String name,
    List<Dimension> dimensions,
    Multicast multicast,
    boolean reduce,
    Optional<Action> transfer,
    Optional<Links> links,
    Figure areaUm2,
    Figure leakageUw)
    implements Node {

  /** How requests of children in one step are merged on their way up. */
  public enum Multicast {
    /** Equal words are requested once. */
    WORDS,
    /** Children that request exactly the same set of words share one request. */
    TILES,
    /** Every child is served on its own. */
    NONE
  }

  /**
   * One axis of replication.
   *
   * @param name unique in its fanout
   * @param size number of children along it
   * @param mustNotIndex tensors, by name or role, whose coordinates must not change along it
   */
  public record Dimension(String name, long size, Set<String> mustNotIndex) {
    public Dimension {
      mustNotIndex = Set.copyOf(mustNotIndex);
      if (size < 1) {
        throw new InvalidSpecException(
            "dimension '" + name + "' has size " + size + "; expected at least 1");
      }
    }

    /** Whether a loop over this variable may be spread along this dimension. */
    public boolean allows(TensorAccess tensor, String variable) {
      return !(Keep.names(mustNotIndex, tensor) && tensor.indexedBy(variable));
    }
  }

  /** One whose children pass nothing on to each other. */
  public Fanout(
      String name,
      List<Dimension> dimensions,
      Multicast multicast,
      boolean reduce,
      Optional<Action> transfer,
      Figure areaUm2,
      Figure leakageUw) {
    this(name, dimensions, multicast, reduce, transfer, Optional.empty(), areaUm2, leakageUw);
  }

  public Fanout {
    dimensions = List.copyOf(dimensions);
    var names = new HashSet<String>();
    for (Dimension d : dimensions) {
      if (!names.add(d.name())) {
        throw new InvalidSpecException(
            "fanout '" + name + "' has two dimensions named '" + d.name() + "'");
      }
    }
    if (dimensions.isEmpty()) {
      throw new InvalidSpecException(
          "fanout '" + name + "' has no dimension; expected at least one");
    }
  }

  /** The same with other dimensions. */
  public Fanout withDimensions(List<Dimension> others) {
    return new Fanout(name, others, multicast, reduce, transfer, links, areaUm2, leakageUw);
  }

  /** What it may charge: transfers, and words that pass links. */
  public List<Action> actions() {
    return Stream.concat(transfer.stream(), links.flatMap(Links::action).stream()).toList();
  }

  /** Whether children next to each other pass on words of an operand. */
  public boolean passes(TensorAccess operand) {
    return links.isPresent() && links.get().pass(operand);
  }

  /** Children per instance: the product of the dimensions' sizes. */
  public long children() {
    long product = 1;
    for (Dimension d : dimensions) {
      product =
          org.einloom.workload.Checked.multiply(
              product, d.size(), "the number of children of fanout '" + name + "'");
    }
    return product;
  }
}
