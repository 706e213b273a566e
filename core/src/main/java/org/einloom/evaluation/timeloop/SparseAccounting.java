package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.Flows;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.evaluation.timeloop.sparse.DenseCounts;
import org.einloom.evaluation.timeloop.sparse.SparseAnalysis;
import org.einloom.evaluation.timeloop.sparse.SparseCounts;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Kind;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.OfTensor;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.evaluation.timeloop.sparse.SparseNest;
import org.einloom.evaluation.timeloop.sparse.SparseSpec;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * What a mapping of sparse tensors costs by Timeloop's rules: an access for every block of words
 * that is not left out, one for every word of the store for metadata, what gated and skipped ones
 * cost. Computes that are left out take no cycle, whether their operands' reads are gated or
 * skipped; gated accesses take part in the rates, skipped ones do not. Networks carry what they do
 * for dense tensors.
 */
public final class SparseAccounting {
  private final Nest nest;
  private final Architecture architecture;
  private final Machine machine;
  private final SparseSpec spec;
  private final Switches switches;
  private final NestCounts dense;
  private final SparseCounts counts;

  private SparseAccounting(
      Nest nest,
      SparseNest loops,
      SparseSpec spec,
      Architecture architecture,
      Machine machine,
      Switches switches) {
    this.nest = nest;
    this.architecture =
        switches.has(Switch.ALL_AREA)
            ? architecture
            : Accounting.withAreaAsReported(architecture, nest);
    this.machine = machine;
    this.spec = spec;
    this.switches = switches;
    if (!nest.flattened().isEmpty()) {
      throw new InvalidSpecException(
          "sparse tensors beside the flattened dimension '%s' are not modelled; leave out the one or the other"
              .formatted(nest.flattened().getFirst().name()));
    }
    dense =
        NestCounts.of(nest, machine.levels().stream().map(Machine.Level::fan).toList(), switches);
    counts = SparseAnalysis.of(loops, nest.einsum(), spec, denseCounts(), switches.corrections());
  }

  /**
   * A cost and the counts that it is of.
   *
   * @param account as for dense tensors; its counts are the dense ones
   * @param counts what is left of them
   */
  public record SparseAccount(Accounting.Account account, SparseCounts counts) {}

  /**
   * Accounts for a mapping.
   *
   * @param loops those of the nest, with those of one iteration
   * @throws InvalidSpecException if tiles do not fit, more instances are used than there are, or
   *     something is asked for that is not modelled
   */
  public static SparseAccount of(
      Nest nest,
      SparseNest loops,
      SparseSpec spec,
      Architecture architecture,
      Machine machine,
      Switches switches) {
    return new SparseAccounting(nest, loops, spec, architecture, machine, switches).account();
  }

  private DenseCounts denseCounts() {
    List<Map<String, DenseCounts.OfTensor>> levels = new ArrayList<>();
    for (int p = machine.levels().size() - 1; p >= 0; p--) {
      Map<String, DenseCounts.OfTensor> level = new LinkedHashMap<>();
      for (TensorAccess t : nest.einsum().tensors()) {
        LevelCounts c = dense.levels().get(p).get(t.name());
        if (c != null && c.kept()) {
          boolean output = t.role() == Role.OUTPUT;
          level.put(
              t.name(),
              new DenseCounts.OfTensor(
                  c.reads(),
                  c.fills(),
                  c.updates(),
                  c.tileWords(),
                  output ? c.updates() - c.partitionWords() : 0,
                  machine.levels().get(p).blockWords()));
        }
      }
      levels.add(level);
    }
    return new DenseCounts(
        levels,
        dense.instances().reversed(),
        Math.multiplyExact(dense.computesEach(), dense.computes()));
  }

  private SequencedMap<String, OfTensor> level(int p) {
    return counts.levels().get(machine.levels().size() - 1 - p);
  }

  private SparseSpec.Level hardware(int p) {
    SparseSpec.Level level = spec.levels().get(machine.levels().get(p).memory());
    if (level == null) {
      throw new IllegalStateException("nothing is said of level " + p);
    }
    return level;
  }

  private SparseAccount account() {
    for (int p = 0; p < machine.levels().size(); p++) {
      checkFits(p);
    }
    Rates rates = rates();
    List<ComponentCost> costs = new ArrayList<>();
    int level = -1;
    for (Node node : architecture.nodes()) {
      switch (node) {
        case Memory m -> {
          level++;
          costs.add(memory(m, level, rates));
        }
        case Fanout f ->
            costs.add(
                withLeakage(
                    f,
                    new LinkedHashMap<>(),
                    new NetworkCharges(nest, dense, machine.levels().get(level), level).charges(),
                    0,
                    Map.of(),
                    rates.cycles()));
        case Compute c -> costs.add(compute(c, rates));
        default ->
            throw new InvalidSpecException(
                "the accounting timeloop knows no '%s' as a part of an architecture"
                    .formatted(node.name()));
      }
    }
    Compute compute = architecture.compute();
    double peak =
        (double) architecture.instances(compute) * rates.cycles() * compute.compute().perCycle();
    long algorithmic = counts.computes().algorithmic();
    var evaluation =
        new Evaluation(
            switches.policyName(),
            algorithmic,
            rates.cycles(),
            rates.cycles() / architecture.clockHz(),
            Double.isFinite(peak) && peak > 0
                ? OptionalDouble.of(algorithmic / peak)
                : OptionalDouble.empty(),
            Optional.of(rates.boundBy(compute.name())),
            costs);
    return new SparseAccount(
        new Accounting.Account(architecture, evaluation, dense, rates.levels()), counts);
  }

  private void checkFits(int p) {
    Machine.Level level = machine.levels().get(p);
    Fitting.checkChildren(nest, architecture, level, p);
    long words = 0;
    long bits = 0;
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, OfTensor> e : level(p).entrySet()) {
      words += e.getValue().heldWords();
      bits += e.getValue().heldMetadataBits();
      parts.add(e.getKey() + " " + e.getValue().heldWords());
    }
    if (level.capacityWords().isPresent() && words > level.capacityWords().getAsLong()) {
      throw new InvalidSpecException(
          "%s holds %d words; the mapping of '%s' may need %d (%s), zeros left out where a format does: use smaller tiles there, let a tensor bypass it, or make it larger"
              .formatted(
                  level.memory(),
                  level.capacityWords().getAsLong(),
                  nest.einsum().name(),
                  words,
                  String.join(", ", parts)));
    }
    OptionalLong store = hardware(p).storage().capacityBits();
    if (!hardware(p).overbooked() && store.isPresent() && bits > store.getAsLong()) {
      throw new InvalidSpecException(
          "the metadata of %s take %d b of %d b (metadata_storage_depth x metadata_storage_width): use smaller tiles there, make that larger, or set allow_overbooking"
              .formatted(level.memory(), bits, store.getAsLong()));
    }
  }

  private Rates rates() {
    double compute =
        Math.ceil(
            (double) (counts.computes().actual() + counts.computes().gated()) / dense.computes());
    if (!(compute > 0)) {
      throw new InvalidSpecException(
          "no compute of '%s' is left; use larger densities".formatted(nest.einsum().name()));
    }
    List<Rates.Level> levels = new ArrayList<>();
    double most = compute;
    double around = 0;
    for (int p = 0; p < machine.levels().size(); p++) {
      Machine.Level level = machine.levels().get(p);
      double read = 0;
      double written = 0;
      for (Map.Entry<String, OfTensor> e : level(p).entrySet()) {
        OfTensor t = e.getValue();
        double used = t.instances() / dense.mostInstances().get(p);
        double scale = level.scale(e.getKey()) / compute;
        read += Math.ceil(timed(p, t, Way.READ) * used) * scale;
        written += Math.ceil((timed(p, t, Way.FILL, Way.UPDATE)) * used) * scale;
      }
      double slowdown = 1;
      slowdown = Math.min(slowdown, Rates.kept(level.readRate(), read));
      slowdown = Math.min(slowdown, Rates.kept(level.writeRate(), written));
      slowdown = Math.min(slowdown, Rates.kept(level.sharedRate(), read + written));
      double cycles = Math.ceil(compute / slowdown);
      levels.add(new Rates.Level(level.memory(), slowdown, cycles));
      most = Math.max(most, cycles);
      around += level.fillCycles() + level.drainCycles();
    }
    return new Rates(levels, compute, most + around);
  }

  /** Words that take time, and metadata in as many whole words as they come to together. */
  private long timed(int p, OfTensor t, Way... ways) {
    long words = 0;
    long bits = 0;
    for (Way way : ways) {
      for (Fate fate : List.of(Fate.ACTUAL, Fate.GATED)) {
        words += t.words(way, fate);
        bits += t.metadataBits(way, fate);
      }
    }
    long metadata = bits / hardware(p).wordBits();
    return words + metadata;
  }

  private ComponentCost memory(Memory memory, int p, Rates rates) {
    var flows = new LinkedHashMap<String, Flows>();
    var held = new LinkedHashMap<String, Long>();
    List<Charge> charges = new ArrayList<>();
    for (TensorAccess tensor : nest.einsum().tensors()) {
      OfTensor t = level(p).get(tensor.name());
      if (t != null) {
        flows.put(
            tensor.name(),
            new Flows(
                everywhere(t, Way.READ),
                everywhere(t, Way.FILL),
                everywhere(t, Way.UPDATE),
                0,
                0,
                0));
        held.put(
            tensor.name(), t.heldWords() * architecture.widths().of(tensor) + t.heldMetadataBits());
        charge(charges, tensor.name(), t, p);
      }
    }
    int at = architecture.indexOf(memory.name());
    if (!(architecture.nodes().get(at + 1) instanceof Fanout)) {
      charges.addAll(new NetworkCharges(nest, dense, machine.levels().get(p), p).charges());
    }
    return withLeakage(
        memory, flows, charges, rates.levels().get(p).cycles(), held, rates.cycles());
  }

  /** Words that are moved, of all instances. */
  private static long everywhere(OfTensor t, Way way) {
    return Math.round(t.words(way, Fate.ACTUAL) * t.instances());
  }

  private void charge(List<Charge> charges, String tensor, OfTensor t, int p) {
    Map<String, Figure> energies = hardware(p).energiesPj();
    String memory = machine.levels().get(p).memory();
    double block = machine.levels().get(p).blockWords();
    for (Kind kind : Kind.all()) {
      double accesses = t.words().getOrDefault(kind, 0L) / block;
      double whole = switches.has(Switch.NO_CEILINGS) ? accesses : Math.ceil(accesses);
      add(charges, memory, tensor, kind.label(), whole * t.blockShare() * t.instances(), energies);
    }
    long width = hardware(p).storage().widthBits();
    for (Kind kind : Kind.all()) {
      if (width > 0) {
        double accesses = (double) t.metadataBits().getOrDefault(kind, 0L) / width;
        double whole = switches.has(Switch.NO_CEILINGS) ? accesses : Math.ceil(accesses);
        add(charges, memory, tensor, kind.metadataLabel(), whole * t.instances(), energies);
      }
    }
    add(
        charges,
        memory,
        tensor,
        "decompression_count",
        t.decompressions() * t.instances(),
        energies);
    add(charges, memory, tensor, "compression_count", t.compressions() * t.instances(), energies);
  }

  private static void add(
      List<Charge> charges,
      String memory,
      String tensor,
      String action,
      double count,
      Map<String, Figure> energies) {
    if (count > 0) {
      Figure energy = energies.get(action);
      if (energy == null && PLAIN.contains(action)) {
        throw new InvalidSpecException(
            "'%s' has no action for a %s, but the mapping needs it for %s; declare it, with energy 0 if it is free"
                .formatted(memory, action, tensor));
      }
      charges.add(
          new Charge(shown(action), Optional.of(tensor), count, energy == null ? FREE : energy));
    }
  }

  private static final List<String> PLAIN = List.of("random_read", "random_fill", "random_update");

  private static final Figure FREE =
      Figure.of(0, "no energy of this action is given, and Timeloop takes it for free");

  /** As the dense accounting calls them: what happens are reads, writes and updates. */
  private static String shown(String action) {
    return switch (action) {
      case "decompression_count" -> "decompress";
      case "compression_count" -> "compress";
      default -> action.replace("random_", "").replace("fill", "write");
    };
  }

  private ComponentCost compute(Compute compute, Rates rates) {
    List<Charge> charges = new ArrayList<>();
    SparseCounts.Computes c = counts.computes();
    charges.add(
        new Charge(
            compute.compute().name(), Optional.empty(), c.actual(), compute.compute().energyPj()));
    Map<String, Figure> energies = spec.compute().energiesPj();
    Map.of("gated_compute", c.gated(), "skipped_compute", c.skipped()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(e -> e.getValue() > 0)
        .forEach(
            e ->
                charges.add(
                    new Charge(
                        e.getKey(),
                        Optional.empty(),
                        e.getValue(),
                        energies.getOrDefault(e.getKey(), FREE))));
    return withLeakage(
        compute, new LinkedHashMap<>(), charges, rates.computeCycles(), Map.of(), rates.cycles());
  }

  private ComponentCost withLeakage(
      Node node,
      SequencedMap<String, Flows> flows,
      List<Charge> charges,
      double ownCycles,
      Map<String, Long> held,
      double cycles) {
    long instances = architecture.instances(node);
    List<Charge> all = new ArrayList<>(charges);
    all.add(
        new Charge(
            Charge.LEAK,
            Optional.empty(),
            cycles * instances,
            // 1 uW = 1e6 pJ/s
            node.leakageUw().times(1e6 / architecture.clockHz(), "pJ per cycle and uW")));
    return new ComponentCost(node, instances, flows, all, ownCycles, new LinkedHashMap<>(held));
  }
}
