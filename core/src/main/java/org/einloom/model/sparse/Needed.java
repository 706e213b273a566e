package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.model.sparse.Regions.Region;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/** What has to be there for something to be done at a place. */
final class Needed {
  /** What has to be there at a visit: for it not to be skipped, and for it to be done. */
  record Needs(Set<Region> notSkipped, Set<Region> done) {
    static Needs none() {
      return new Needs(new HashSet<>(), new HashSet<>());
    }

    void add(Kind kind, Region region) {
      done.add(region);
      if (kind == Kind.SKIP) {
        notSkipped.add(region);
      }
    }
  }

  private final Einsum einsum;
  private final List<TensorAccess> tensors;
  private final Sparsity sparsity;
  private final Routes routes;
  private final Regions regions;
  private final Visits visits;

  /** By tensor and memory that keeps it, outermost first. */
  private final Map<String, List<List<Saving>>> savings = new HashMap<>();

  /** The tensors of which something is left out at some memory. */
  private final Set<String> saving = new HashSet<>();

  Needed(Einsum einsum, Sparsity sparsity, Routes routes, Regions regions, Visits visits) {
    this.einsum = einsum;
    this.tensors = einsum.tensors();
    this.sparsity = sparsity;
    this.routes = routes;
    this.regions = regions;
    this.visits = visits;
    for (TensorAccess t : einsum.tensors()) {
      var own = new ArrayList<List<Saving>>();
      routes.memories(t).forEach(m -> own.add(sparsity.savings(m, t.name())));
      savings.put(t.name(), own);
      if (own.stream().anyMatch(s -> !s.isEmpty())) {
        saving.add(t.name());
      }
    }
  }

  private List<List<Saving>> savings(TensorAccess t) {
    return savings.getOrDefault(t.name(), List.of());
  }

  /** Whether any of so many memories, the outermost ones, leaves something of a tensor out. */
  boolean saves(TensorAccess t, int memories) {
    for (List<Saving> at : savings(t).subList(0, memories)) {
      if (!at.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether any of so many memories gates something of a tensor; if not, what is not done is
   * skipped.
   */
  boolean gates(TensorAccess t, int memories) {
    for (List<Saving> at : savings(t).subList(0, memories)) {
      for (Saving s : at) {
        if (s.kind() == Kind.GATE) {
          return true;
        }
      }
    }
    return false;
  }

  /** The same of points. */
  boolean gates() {
    boolean any = sparsity.compute().equals(Optional.of(Kind.GATE));
    for (TensorAccess t : einsum.tensors()) {
      any |= gates(t, savings(t).size());
    }
    return any;
  }

  /** Whether metadata need not what words need on their way to a place. */
  boolean mutual(TensorAccess t, int place) {
    return savings(t).get(place - 1).stream().anyMatch(Saving::mutual);
  }

  /** What has to be there for words to move between a place of a tensor and its parent. */
  Needs link(TensorAccess t, int place, int[] index, boolean mutual) {
    Needs needs = Needs.none();
    link(t, place, index, mutual, needs);
    return needs;
  }

  private void link(TensorAccess t, int place, int[] index, boolean mutual, Needs needs) {
    if (!saving.contains(t.name())) {
      return;
    }
    visits.nested(t, place, index);
    for (int k = 1; k <= place; k++) {
      List<Saving> at = savings(t).get(k - 1);
      int[] visit = at.isEmpty() ? index : visits.around(t, k, index);
      for (Saving s : at) {
        if (k < place || mutual || !s.mutual()) {
          for (String leader : s.leaders()) {
            needs.add(s.kind(), regions.of(einsum.tensor(leader), visit));
          }
        }
      }
    }
  }

  /** What has to be there for a point. */
  Needs point(int[] index) {
    Needs needs = Needs.none();
    for (TensorAccess t : tensors) {
      link(t, routes.memories(t).size(), index, true, needs);
    }
    sparsity
        .compute()
        .ifPresent(kind -> einsum.operands().forEach(o -> needs.add(kind, regions.of(o, index))));
    return needs;
  }

  /** Whether nothing of a result is ever left out on its way to a place. */
  boolean certain(TensorAccess t, int k) {
    if (k < routes.memories(t).size()) {
      return !saves(t, k);
    }
    return sparsity.savings().isEmpty() && sparsity.compute().isEmpty();
  }
}
