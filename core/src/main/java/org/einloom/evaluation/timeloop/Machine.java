package org.einloom.evaluation.timeloop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.arch.Figure;
import org.einloom.workload.InvalidSpecException;

/**
 * What Timeloop knows of hardware beside an architecture: meshes, widths, rates and networks.
 *
 * @param levels of storage, outermost first
 */
public record Machine(List<Level> levels) {
  public Machine {
    levels = List.copyOf(levels);
  }

  /**
   * A level of storage, and what is between it and the next.
   *
   * @param memory its name
   * @param fan how many children one instance has along X and Y
   * @param blockWords words of one access
   * @param capacityWords that one instance can hold, with what several buffers take off already;
   *     empty for any number
   * @param readRate words per cycle and instance; empty for no limit
   * @param writeRate the same of what is written
   * @param sharedRate the same of all
   * @param rateScale by tensor, how much of the rates a word takes; 1 where it does not stand
   * @param fillCycles that the network takes before the first word
   * @param drainCycles that it takes after the last
   * @param hopPj energy of a word over one hop of the network below
   * @param routerPj energy of a word in one router
   * @param down a network of the user's on the way down; else hops and routers count
   * @param up the same on the way up
   */
  public record Level(
      String memory,
      Fan.Mesh fan,
      long blockWords,
      OptionalLong capacityWords,
      OptionalDouble readRate,
      OptionalDouble writeRate,
      OptionalDouble sharedRate,
      Map<String, Double> rateScale,
      long fillCycles,
      long drainCycles,
      Figure hopPj,
      Figure routerPj,
      Optional<Multicast> down,
      Optional<ReductionTree> up) {
    public Level {
      rateScale = Map.copyOf(rateScale);
    }

    double scale(String tensor) {
      return rateScale.getOrDefault(tensor, 1.0);
    }
  }

  /**
   * A network whose transfers cost by how many children they reach.
   *
   * @param transferPj by the number of children
   */
  public record Multicast(String name, Map<Long, Figure> transferPj) {
    public Multicast {
      transferPj = Map.copyOf(transferPj);
    }

    Figure transferPj(long children) {
      Figure figure = transferPj.get(children);
      if (figure == null) {
        throw new InvalidSpecException(
            "network '%s' has no energy of a transfer to %d children; expected one in its energy table, which has those to %s"
                .formatted(name, children, transferPj.keySet().stream().sorted().toList()));
      }
      return figure;
    }
  }

  /**
   * A tree of adders.
   *
   * @param addPj of one addition
   * @param hopPj of a word over one level of the tree
   */
  public record ReductionTree(String name, Figure addPj, Figure hopPj) {}
}
