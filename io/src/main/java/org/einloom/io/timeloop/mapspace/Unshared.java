package org.einloom.io.timeloop.mapspace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Node;
import org.einloom.io.timeloop.Remark;
import org.einloom.mapper.timeloop.NestSpace;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/** What constraints forbid to reuse, in a search by Einloom's own rules. */
public final class Unshared {
  private Unshared() {}

  /**
   * The architecture whose fanouts share no operands where one of them is not to be shared, and add
   * up no results where these are not to be added up.
   *
   * @param remarks what is taken so, and what means nothing, is added
   */
  public static Architecture of(
      TimeloopMapspace asked, Architecture architecture, Einsum einsum, Set<Remark> remarks) {
    List<Node> nodes = new ArrayList<>(architecture.nodes());
    for (TimeloopConstraint c : asked.constraints()) {
      if (!(c instanceof TimeloopConstraint.Loops l)) {
        continue;
      }
      NestSpace.NoReuse n = l.noReuse();
      note(l, "no_link_transfer", n.byNeighbours(), remarks);
      note(l, "no_temporal_reuse", n.inTime(), remarks);
      note(l, "rmw_first_update", n.firstRead(), remarks);
      for (int i = 0; i + 1 < nodes.size() && !n.inSpace().isEmpty(); i++) {
        if (nodes.get(i).name().equals(l.target()) && nodes.get(i + 1) instanceof Fanout f) {
          nodes.set(i + 1, unshared(f, l, einsum, remarks));
        }
      }
    }
    return architecture.withNodes(nodes);
  }

  private static Fanout unshared(
      Fanout f, TimeloopConstraint.Loops l, Einsum einsum, Set<Remark> remarks) {
    Set<String> named = new LinkedHashSet<>(l.noReuse().inSpace());
    boolean reduce = f.reduce() && !named.contains(einsum.output().name());
    named.remove(einsum.output().name());
    boolean all = named.containsAll(einsum.operands().stream().map(TensorAccess::name).toList());
    if (!named.isEmpty() && !all) {
      remarks.add(
          new Remark(
              l.at(),
              "'no_reuse' below '%s' names some operands; by Einloom's own rules none is shared there"
                  .formatted(l.target())));
    }
    return new Fanout(
        f.name(),
        f.dimensions(),
        named.isEmpty() ? f.multicast() : Multicast.NONE,
        reduce,
        f.transfer(),
        f.links(),
        f.areaUm2(),
        f.leakageUw());
  }

  private static void note(
      TimeloopConstraint.Loops l, String key, Set<String> tensors, Set<Remark> remarks) {
    if (!tensors.isEmpty()) {
      remarks.add(
          new Remark(
              l.at(),
              "'%s' of '%s' means nothing to Einloom's own rules; a search with --accounting timeloop counts by it"
                  .formatted(key, l.target())));
    }
  }
}
