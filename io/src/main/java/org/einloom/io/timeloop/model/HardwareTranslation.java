package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.timeloop.Fan;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopArchitecture;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.model.Directives.OfLevel;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** From Timeloop's levels to an architecture and a machine. */
final class HardwareTranslation {
  /** Timeloop counts cycles; times are for a clock of 1 GHz, its default. */
  static final double CLOCK_HZ = 1e9;

  private final TimeloopArchitecture source;
  private final LevelCosts costs;
  private final List<Level> levels;
  private final List<Storage> storages = new ArrayList<>();
  private final List<LevelCosts.Costs> figures = new ArrayList<>();
  private final List<Remark> remarks;
  private final TimeloopSpec spec;

  HardwareTranslation(
      TimeloopArchitecture source,
      TimeloopProblem problem,
      TimeloopSpec spec,
      boolean costs,
      List<Remark> remarks) {
    this.source = source;
    this.spec = spec;
    this.remarks = remarks;
    this.costs = new LevelCosts(spec, costs, remarks);
    levels = source.levels();
    Set<String> tensors =
        problem.dataSpaces().stream().map(s -> s.name()).collect(Collectors.toSet());
    for (Level level : levels) {
      this.costs.misspelt(level);
      figures.add(this.costs.of(level));
      if (level.kind() == Level.Kind.STORAGE) {
        storages.add(Storage.of(level, tensors));
      }
    }
    unused();
  }

  /** A table that nobody takes energies from is likely meant for somebody. */
  private void unused() {
    spec.energies().ifPresent(t -> t.components().forEach(c -> unused("ERT", c.name(), c.at())));
    spec.areas().ifPresent(t -> t.components().forEach(c -> unused("ART", c.name(), c.at())));
  }

  private void unused(String table, String name, Position at) {
    List<String> names = levels.stream().map(Level::name).toList();
    boolean between = name.startsWith("inter_") || name.endsWith("_spatial");
    boolean known =
        Stream.of(levels, source.networks(), source.others())
            .flatMap(List::stream)
            .anyMatch(l -> l.name().equals(name));
    if (!known && !between) {
      String meant = Words.didYouMean(name, names);
      remarks.add(
          new Remark(
              at,
              "the %s's table '%s' is of no level, and is not used; %s"
                  .formatted(
                      table, name, meant.isEmpty() ? "there are " + Words.list(names) : meant)));
    }
  }

  TimeloopModel.Hardware hardware(Optional<Directives> directives, Einsum einsum) {
    int word = Math.toIntExact(storages.getFirst().wordBits());
    if (storages.stream().anyMatch(s -> s.wordBits() != word)) {
      remarks.add(
          new Remark(
              source.at(),
              "levels have words of several widths; Timeloop counts words, and so they are %d b wide everywhere here, as in '%s'"
                  .formatted(word, levels.getFirst().name())));
    }
    List<Node> nodes = new ArrayList<>();
    List<Machine.Level> machine = new ArrayList<>();
    for (int p = 0; p < storages.size(); p++) {
      Fan.Mesh fan = Meshes.between(levels.get(p), levels.get(p + 1));
      nodes.add(memory(p, word));
      fanout(p, fan, directives, einsum).ifPresent(nodes::add);
      machine.add(machineLevel(p, fan));
    }
    nodes.add(compute());
    Architecture architecture =
        source
            .at()
            .locate(
                () ->
                    new Architecture(
                        source.name(), CLOCK_HZ, "", new Widths(word, word, word, word), nodes));
    return new TimeloopModel.Hardware(architecture, new Machine(machine));
  }

  private Memory memory(int p, int word) {
    Level level = levels.get(p);
    Storage s = storages.get(p);
    LevelCosts.Costs c = figures.get(p);
    long width = Math.multiplyExact(s.blockWords(), (long) word);
    var actions = new LinkedHashMap<String, Action>();
    for (String name : List.of("read", "write", "update")) {
      Figure energy = c.energiesPj().get(name);
      if (energy != null) {
        actions.put(name, new Action(name, energy, width, s.accessesPerCycle(name)));
      }
    }
    OptionalLong capacity =
        s.capacityWords().isPresent()
            ? OptionalLong.of(Math.multiplyExact(s.capacityWords().getAsLong(), (long) word))
            : OptionalLong.empty();
    return new Memory(
        level.name(),
        capacity,
        Keep.MAY_ALL,
        actions,
        s.sharedRate().isPresent(),
        c.areaUm2(),
        c.leakageUw());
  }

  private Compute compute() {
    LevelCosts.Costs c = figures.getLast();
    return new Compute(
        source.compute().name(),
        new Action("compute", c.energiesPj().getOrDefault("compute", Figure.NONE), 0, 1),
        c.areaUm2(),
        c.leakageUw());
  }

  private Optional<Fanout> fanout(
      int p, Fan.Mesh fan, Optional<Directives> directives, Einsum einsum) {
    directives
        .filter(d -> !d.levels().get(p).noTemporalReuse().isEmpty())
        .ifPresent(
            d ->
                remarks.add(
                    new Remark(
                        d.at(),
                        "'no_temporal_reuse' at '%s' means nothing to Einloom's own rules"
                            .formatted(levels.get(p).name()))));
    if (fan.x() * fan.y() == 1) {
      return Optional.empty();
    }
    Fanout.Multicast multicast = Fanout.Multicast.WORDS;
    boolean reduce = true;
    if (directives.isPresent()) {
      OfLevel d = directives.get().levels().get(p);
      Set<String> operands =
          einsum.operands().stream().map(TensorAccess::name).collect(Collectors.toSet());
      if (operands.stream().anyMatch(d.noReuse()::contains)) {
        multicast = Fanout.Multicast.NONE;
        if (!d.noReuse().containsAll(operands)) {
          remarks.add(
              new Remark(
                  directives.get().at(),
                  "'no_reuse' below '%s' names some operands; by Einloom's own rules none is shared there"
                      .formatted(levels.get(p).name())));
        }
      }
      reduce = !d.noReuse().contains(einsum.output().name());
      if (!d.noLinks().isEmpty()) {
        remarks.add(
            new Remark(
                directives.get().at(),
                "'no_link_transfer' below '%s' asks for nothing: by Einloom's own rules neighbours of Timeloop's hand nothing on"
                    .formatted(levels.get(p).name())));
      }
    }
    return Optional.of(
        new Fanout(
            levels.get(p).name() + " <==> " + levels.get(p + 1).name(),
            List.of(
                new Fanout.Dimension("X", fan.x(), Set.of()),
                new Fanout.Dimension("Y", fan.y(), Set.of())),
            multicast,
            reduce,
            Optional.empty(),
            Figure.nothing("Timeloop has no area of networks"),
            Figure.nothing("Timeloop has no leakage of networks")));
  }

  private Machine.Level machineLevel(int p, Fan.Mesh fan) {
    Storage s = storages.get(p);
    Networks networks = new Networks(source, spec, this::tileUm);
    return new Machine.Level(
        levels.get(p).name(),
        fan,
        s.blockWords(),
        s.capacityWords(),
        s.readRate(),
        s.writeRate(),
        s.sharedRate(),
        s.rateScale(),
        s.fillCycles() + networks.fillCycles(levels.get(p)),
        s.drainCycles(),
        networks.hopPj(levels.get(p), p),
        networks.routerPj(levels.get(p)),
        networks.down(levels.get(p)),
        networks.up(levels.get(p), p));
  }

  /** The side of a square that holds one instance of a level and all that is below it, um. */
  private double tileUm(int level) {
    double area = 0;
    double count = 1;
    for (int p = level; p < levels.size(); p++) {
      area += count * figures.get(p).areaUm2().value();
      if (p + 1 < levels.size()) {
        Fan.Mesh fan = Meshes.between(levels.get(p), levels.get(p + 1));
        count *= (double) fan.x() * fan.y();
      }
    }
    return Math.sqrt(area);
  }

  /** By level and action. */
  Map<String, Map<String, Figure>> energiesPj() {
    var all = new LinkedHashMap<String, Map<String, Figure>>();
    figures().forEach((level, costs) -> all.put(level, costs.energiesPj()));
    return all;
  }

  Map<String, LevelCosts.Costs> figures() {
    var all = new LinkedHashMap<String, LevelCosts.Costs>();
    for (int p = 0; p < levels.size(); p++) {
      all.put(levels.get(p).name(), figures.get(p));
    }
    return all;
  }
}
