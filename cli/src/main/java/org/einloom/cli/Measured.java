package org.einloom.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.einloom.arch.Design;
import org.einloom.io.Shipped;
import org.einloom.io.result.ProfileFile;
import org.einloom.profile.DataAttributes;
import org.einloom.profile.LayerData;
import org.einloom.profile.LayerUse;
import org.einloom.profile.Profile;
import org.einloom.report.DataUse;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;

/**
 * A design whose components cost in each layer what its data makes them cost.
 *
 * @param base what it costs where nothing is known
 * @param designs by the name of the layer that stands for its repetitions
 * @param use what became of what was measured, if anything was
 */
record Measured(Design base, Map<String, Design> designs, Optional<DataUse> use) {
  /** Without a profile. */
  static Measured nothing(Design base) {
    return new Measured(base, Map.of(), Optional.empty());
  }

  /**
   * With one.
   *
   * @param file of the profile
   * @param arch the design as the user named it
   * @param widths sets the widths of a design that was read
   * @throws InvalidSpecException if the profile is of another network
   */
  static Measured of(
      String file,
      String arch,
      Workload workload,
      Selection selection,
      Design base,
      UnaryOperator<Design> widths) {
    Profile profile = read(file, workload);
    Map<String, Design> designs = new LinkedHashMap<>();
    List<LayerUse> uses = new ArrayList<>();
    for (Selection.Entry e : selection.entries()) {
      LayerData data = LayerData.of(profile, e.names(), e.layer().einsum(), base.first().widths());
      DataAttributes attributes = DataAttributes.of(data, base);
      Design design = widths.apply(Shipped.resolveArchitectureFile(arch, attributes).design());
      designs.put(e.layer().name(), design);
      uses.add(
          new LayerUse(
              e.layer().name(), e.repeats(), data, attributes.uses(), !design.equals(base)));
    }
    return new Measured(
        base, designs, Optional.of(new DataUse(file, profile.model(), profile.inputs(), uses)));
  }

  /** The profile in a file, if it is one of this workload. */
  static Profile read(String file, Workload workload) {
    Path path = OutputArguments.path(file);
    Profile profile = ProfileFile.read(path);
    boolean some = workload.layers().stream().anyMatch(l -> profile.layers().containsKey(l.name()));
    if (!some) {
      throw new InvalidSpecException(
          "%s is a profile of %s, which has no layer of '%s'; expected one that 'einloom profile' made of this network"
              .formatted(file, profile.model(), workload.name()));
    }
    return profile;
  }

  /** The design as it is for a layer. */
  Design design(Selection.Entry entry) {
    return designs.getOrDefault(entry.layer().name(), base);
  }
}
