package org.einloom.cli;

import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.timeloop.NestMapper;
import org.einloom.mapper.timeloop.NestSpace;
import org.einloom.network.LayerResult;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/** A search by Timeloop's rules, of Timeloop's mapspace. */
record TimeloopRules(NestSpace space, Machine machine, Switches switches) implements Mapper {

  /**
   * Timeloop's rules with these changes; empty for Einloom's own.
   *
   * @param accounting the value of {@code --accounting}
   */
  static Optional<Switches> switches(String accounting) {
    String name = accounting.strip();
    String timeloop = Policy.TIMELOOP;
    if (name.equals("default")) {
      return Optional.empty();
    }
    if (name.equals(timeloop)) {
      return Optional.of(Switches.NONE);
    }
    if (name.startsWith(timeloop + ":")) {
      return Optional.of(Switches.parse(name.substring(timeloop.length() + 1)));
    }
    throw new InvalidSpecException(
        "--accounting is '%s'; expected default, timeloop, or timeloop: and switches%s"
            .formatted(name, Names.guess(name, java.util.List.of("default", timeloop))));
  }

  @Override
  public MappingResult map(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    MappingResult result =
        NestMapper.map(space, architecture, machine, switches, objective, options.monitor());
    if (result instanceof MappingResult.None none) {
      throw new InvalidSpecException("'%s': %s".formatted(einsum.name(), none.reason()));
    }
    return result;
  }

  /** The architecture as it was accounted for: Timeloop leaves out some areas. */
  static Architecture accounted(Architecture architecture, LayerResult layer) {
    return architecture.withNodes(
        layer.evaluation().components().stream().map(ComponentCost::node).toList());
  }
}
