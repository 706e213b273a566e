package org.einloom.model;

import java.util.Arrays;
import org.einloom.arch.Fanout;

/** Makes the views that the counts of one component need. */
final class Views {
  private final Compiled compiled;
  private final int component;
  private int next;

  /**
   * @param component architecture index of the component whose instances are told apart
   */
  Views(Compiled compiled, int component) {
    this.compiled = compiled;
    this.component = component;
  }

  /** A storage node of the component's own instance, or one above it. */
  View own(Compiled.Tensor tensor, int level, int selection) {
    byte[] role = roles(View.UNION);
    int[] ancestors = tensor.result ? Arrays.copyOf(tensor.depth, level) : new int[0];
    return new View(next++, tensor.depth[level], role, selection, ancestors);
  }

  /** The node below, its instances all united whatever the networks do. */
  View united(Compiled.Tensor tensor, int level) {
    return child(tensor, level, roles(View.UNION));
  }

  /** The node below as the networks between merge its requests, or for a result, its updates. */
  View merged(Compiled.Tensor tensor, int level) {
    int last = level < tensor.memory.length ? tensor.memory[level] : Integer.MAX_VALUE;
    int unite = -1; // the outermost fanout that unites, with all inside it
    int compare = -1; // the outermost fanout that compares
    for (int i = compiled.architecture.nodes().size() - 1; i >= component; i--) {
      if (i < last && i > component && compiled.architecture.nodes().get(i) instanceof Fanout f) {
        if (tensor.result ? f.reduce() : f.multicast() == Fanout.Multicast.WORDS) {
          unite = i;
        } else if (!tensor.result && f.multicast() == Fanout.Multicast.TILES) {
          compare = i;
        }
      }
    }
    byte[] role = roles(View.SUM);
    for (int l = 0; l < role.length; l++) {
      if (role[l] == View.SUM) {
        int f = compiled.loopFanout[l];
        if (unite >= 0 && f >= unite) {
          role[l] = View.UNION;
        } else if (compare >= 0 && f >= compare) {
          role[l] = View.TILES;
        }
      }
    }
    return child(tensor, level, role);
  }

  private View child(Compiled.Tensor tensor, int level, byte[] role) {
    boolean compute = level == tensor.depth.length;
    int depth = compute ? compiled.computeDepth() : tensor.depth[level];
    int[] ancestors = tensor.result && !compute ? Arrays.copyOf(tensor.depth, level) : new int[0];
    return new View(next++, depth, role, depth, ancestors);
  }

  /** Every instance on its own. */
  View each(int depth) {
    byte[] role = new byte[compiled.loopVariable.length];
    for (int l = 0; l < role.length; l++) {
      role[l] = compiled.temporal(l) ? View.TIME : View.SUM;
    }
    return new View(next++, depth, role, depth, new int[0]);
  }

  private byte[] roles(byte below) {
    byte[] role = new byte[compiled.loopVariable.length];
    for (int l = 0; l < role.length; l++) {
      role[l] =
          compiled.temporal(l)
              ? View.TIME
              : compiled.loopFanout[l] < component ? View.FIXED : below;
    }
    return role;
  }
}
