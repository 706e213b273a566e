package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.evaluation.Charge;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * What the network between a level and its children costs. Words hop along rows and columns, and
 * pass one router more than they make whole hops; a word that a neighbour hands on makes one hop
 * through two routers.
 */
final class NetworkCharges {
  private final Nest nest;
  private final NestCounts counts;
  private final Machine.Level level;
  private final int position;

  NetworkCharges(Nest nest, NestCounts counts, Machine.Level level, int position) {
    this.nest = nest;
    this.counts = counts;
    this.level = level;
    this.position = position;
  }

  List<Charge> charges() {
    List<Charge> charges = new ArrayList<>();
    for (TensorAccess tensor : nest.einsum().tensors()) {
      LevelCounts c = counts.levels().get(position).get(tensor.name());
      if (c == null) {
        continue;
      }
      if (level.down().isPresent()) {
        multicast(charges, level.down().get(), tensor, c);
      } else {
        mesh(charges, tensor, c);
      }
      if (level.up().isPresent() && tensor.role() == Role.OUTPUT) {
        tree(charges, level.up().get(), tensor, c);
      }
    }
    return charges;
  }

  private void mesh(List<Charge> charges, TensorAccess tensor, LevelCounts c) {
    double hops = c.linkedWords();
    double routers = 2 * c.linkedWords();
    for (Map.Entry<Fan.Signature, Fan.Sent> e : c.sent().entrySet()) {
      double each = e.getValue().hops() / e.getKey().scatter();
      hops += each * e.getValue().words();
      routers += (1 + Math.floor(each)) * e.getValue().words();
    }
    add(charges, "hop", tensor, hops, level.hopPj());
    add(charges, "router", tensor, routers, level.routerPj());
  }

  private void multicast(
      List<Charge> charges, Machine.Multicast network, TensorAccess tensor, LevelCounts c) {
    c.sent().entrySet().stream()
        .sorted(java.util.Comparator.comparingLong(e -> e.getKey().multicast()))
        .forEach(
            e ->
                add(
                    charges,
                    network.name() + " transfer to " + e.getKey().multicast(),
                    tensor,
                    e.getValue().words(),
                    network.transferPj(e.getKey().multicast())));
  }

  private void tree(
      List<Charge> charges, Machine.ReductionTree network, TensorAccess tensor, LevelCounts c) {
    double hops = 0;
    double additions = 0;
    for (Map.Entry<Fan.Signature, Fan.Sent> e : c.sent().entrySet()) {
      long together = e.getKey().multicast();
      hops +=
          Math.floor(Math.log((double) together) / Math.log(2) + 1e-9) * 0.5 * e.getValue().words();
      additions += (double) (together - 1) * e.getValue().words();
    }
    add(charges, network.name() + " hop", tensor, hops, network.hopPj());
    add(charges, network.name() + " add", tensor, additions, network.addPj());
  }

  private void add(
      List<Charge> charges,
      String action,
      TensorAccess tensor,
      double each,
      org.einloom.arch.Figure cost) {
    double count = each * counts.instances().get(position);
    if (count > 0 && cost.value() > 0) {
      charges.add(new Charge(action, Optional.of(tensor.name()), count, cost));
    }
  }
}
