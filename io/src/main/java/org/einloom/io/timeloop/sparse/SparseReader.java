package org.einloom.io.timeloop.sparse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.einloom.arch.Figure;
import org.einloom.evaluation.timeloop.sparse.Density;
import org.einloom.evaluation.timeloop.sparse.SparseSpec;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Attributes;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.Section;
import org.einloom.io.timeloop.TimeloopArchitecture;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Scalar;

/** Reads {@code sparse_optimizations:}, with what it needs of the problem and the hardware. */
public final class SparseReader {
  private static final long DEFAULT_WORD_BITS = 16;
  private static final List<String> TARGET =
      List.of("name", "action_optimization", "representation_format", "compute_optimization");

  private final TimeloopSpec spec;
  private final Map<String, Map<String, Figure>> energiesPj;
  private final TimeloopArchitecture architecture;
  private final List<String> tensors;
  private final List<String> dimensions;
  private final List<Remark> remarks;
  private final SequencedMap<String, SparseSpec.Level> levels = new LinkedHashMap<>();
  private SparseSpec.Compute compute;
  private boolean saysAnything;

  /** What was said of which level: Timeloop lets several targets say different things of one. */
  private final Set<String> seen = new HashSet<>();

  private SparseReader(
      TimeloopSpec spec,
      TimeloopArchitecture architecture,
      TimeloopProblem problem,
      Map<String, Map<String, Figure>> energiesPj,
      List<Remark> remarks) {
    this.energiesPj = energiesPj;
    this.spec = spec;
    this.architecture = architecture;
    this.remarks = remarks;
    tensors = problem.dataSpaces().stream().map(d -> d.name()).toList();
    dimensions = List.copyOf(problem.mappedExtents().keySet());
    compute =
        new SparseSpec.Compute(
            false, false, FineEnergies.compute(costs(architecture.compute().name())));
  }

  /**
   * What the files say of sparse tensors, and where.
   *
   * @param spec what they ask
   * @param at where it begins
   */
  public record Found(SparseSpec spec, Position at) {}

  /**
   * Reads it.
   *
   * @param energiesPj by level and action, what its class costs, where no energy table has it
   * @return empty if nothing is optimised: tensors then count as dense, whatever their densities
   * @throws org.einloom.io.input.InputException when anything is wrong, with its place
   */
  public static Optional<Found> read(
      TimeloopSpec spec,
      TimeloopArchitecture architecture,
      TimeloopProblem problem,
      Map<String, Map<String, Figure>> energiesPj,
      List<Remark> remarks) {
    List<Section> sections = spec.sections(TimeloopFiles.SPARSE);
    if (sections.isEmpty()) {
      return Optional.empty();
    }
    var reader = new SparseReader(spec, architecture, problem, energiesPj, remarks);
    architecture.storage().forEach(l -> reader.levels.put(l.name(), reader.plain(l)));
    sections.forEach(s -> reader.section(s.value()));
    if (!reader.saysAnything) {
      return Optional.empty();
    }
    Map<String, Density> densities =
        problem
            .densities()
            .map(d -> DensityReader.read(d, reader.tensors, remarks))
            .orElse(Map.of());
    return Optional.of(
        new Found(
            new SparseSpec(densities, reader.levels, reader.compute), sections.getFirst().at()));
  }

  /** What an action of a level costs: by the energy table, or else by its class. */
  private Function<String, Optional<Figure>> costs(String level) {
    return spec.energies()
        .flatMap(t -> t.component(level))
        .map(FineEnergies::of)
        .orElseGet(
            () ->
                action ->
                    Optional.ofNullable(energiesPj.getOrDefault(level, Map.of()).get(action)));
  }

  private SparseSpec.Level plain(Level level) {
    Attributes a = level.attributes();
    if (a.flag("tile_partition_supported")) {
      throw a.at("tile_partition_supported")
          .error(
              "'%s' cuts compressed tiles as it goes, which Timeloop does not know, either"
                  .formatted(level.name()),
              "expected false");
    }
    return new SparseSpec.Level(
        Map.of(),
        List.of(),
        store(level),
        first(a, "datawidth", "word_width", "word_bits", "word-bits").orElse(DEFAULT_WORD_BITS),
        a.flag("decompression_supported"),
        a.flag("compression_supported"),
        a.flag("allow_overbooking"),
        FineEnergies.storage(costs(level.name())));
  }

  private static SparseSpec.MetadataStore store(Level level) {
    Attributes a = level.attributes();
    long word = first(a, "metadata_datawidth", "metadata_word_bits").orElse(0);
    long width = first(a, "metadata_storage_width").orElse(0);
    long block = a.whole("metadata_block_size", 1).orElse(1);
    if (width != 0 && word != 0 && width % (word * block) != 0) {
      throw a.at("metadata_storage_width")
          .error(
              "metadata_storage_width of '%s' is %d b, no number of words of %d b"
                  .formatted(level.name(), width, word * block),
              "expected a multiple of metadata_datawidth");
    }
    boolean sized =
        List.of("entries", "depth", "memory_depth", "data_storage_depth", "sizeKB").stream()
            .anyMatch(k -> a.value(k).isPresent());
    OptionalDouble buffers = a.number("multiple_buffering", 1);
    double share =
        buffers.isPresent() ? buffers.getAsDouble() : a.number("multiple-buffering", 1).orElse(1);
    long depth = first(a, "metadata_storage_depth").orElse(0);
    return new SparseSpec.MetadataStore(
        word,
        width,
        sized
            ? OptionalLong.of((long) Math.floor(Math.multiplyExact(depth, width) / share))
            : OptionalLong.empty());
  }

  private static OptionalLong first(Attributes a, String... names) {
    for (String name : names) {
      OptionalLong value = a.whole(name, 0);
      if (value.isPresent()) {
        return value;
      }
    }
    return OptionalLong.empty();
  }

  private void section(YamlNode node) {
    Spelled fields = Spelled.of(node, "'sparse_optimizations'", List.of("version", "targets"));
    Optional<YamlNode> targets = fields.optional("targets");
    if (targets.isEmpty()) {
      return;
    }
    for (YamlNode item :
        Values.list(targets.get(), "targets", "expected a list of levels with what they do")) {
      Spelled target = Spelled.of(item, "a target", TARGET);
      YamlNode nameNode = target.required("name", "name: RF");
      String name = Values.name(nameNode, "name");
      for (String key : TARGET.subList(1, TARGET.size())) {
        target
            .optional(key)
            .filter(SparseReader::says)
            .filter(n -> !seen.add(name + " " + key))
            .ifPresent(
                n -> {
                  throw n.at()
                      .error(
                          "a second '%s' of '%s'".formatted(key, name),
                          "expected all of it in one target");
                });
      }
      if (name.equals(architecture.compute().name())) {
        compute(target, name);
      } else {
        storage(target, level(nameNode, name));
      }
    }
  }

  private Level level(YamlNode node, String name) {
    List<String> known = new ArrayList<>(architecture.storage().stream().map(Level::name).toList());
    known.add(architecture.compute().name());
    return architecture.storage().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                node.at()
                    .error(
                        "unknown target " + Words.quote(name) + " of a sparse optimisation",
                        "expected one of " + Words.list(known),
                        Words.didYouMean(name, known)));
  }

  private void compute(Spelled target, String name) {
    for (String key : List.of("action_optimization", "representation_format")) {
      target
          .optional(key)
          .filter(SparseReader::says)
          .ifPresent(
              n -> {
                throw n.at()
                    .error(
                        "'%s' of '%s', which is a compute".formatted(key, name),
                        "expected compute_optimization, or a storage");
              });
    }
    Optional<YamlNode> node = target.optional("compute_optimization").filter(SparseReader::says);
    if (node.isPresent()) {
      compute = OptimizationReader.compute(node.get(), name, compute);
      saysAnything = true;
    }
  }

  private void storage(Spelled target, Level level) {
    target
        .optional("compute_optimization")
        .filter(SparseReader::says)
        .ifPresent(
            n -> {
              throw n.at()
                  .error(
                      "'compute_optimization' of '%s', which is a storage".formatted(level.name()),
                      "expected it at '%s'".formatted(architecture.compute().name()));
            });
    SparseSpec.Level plain = levels.get(level.name());
    if (plain == null) {
      throw new IllegalStateException(level.name());
    }
    Optional<YamlNode> actions = target.optional("action_optimization").filter(SparseReader::says);
    Optional<YamlNode> formats =
        target.optional("representation_format").filter(SparseReader::says);
    saysAnything |= actions.isPresent() || formats.isPresent();
    levels.put(
        level.name(),
        new SparseSpec.Level(
            formats
                .map(
                    n ->
                        new FormatReader(level, plain.storage(), tensors, dimensions, remarks)
                            .read(n))
                .orElse(plain.formats()),
            actions
                .map(n -> OptimizationReader.storage(n, level.name(), tensors))
                .orElse(plain.optimizations()),
            plain.storage(),
            plain.wordBits(),
            plain.decompresses(),
            plain.compresses(),
            plain.overbooked(),
            plain.energiesPj()));
  }

  private static boolean says(YamlNode node) {
    return !(node instanceof Scalar s && s.isNull());
  }

  /** The name of a tensor, which must be one of the problem's. */
  static String tensor(YamlNode node, List<String> tensors) {
    String name = Values.name(node, "tensor");
    if (!tensors.contains(name)) {
      throw node.at()
          .error(
              "unknown tensor " + Words.quote(name),
              "expected one of " + Words.list(tensors),
              Words.didYouMean(name, tensors));
    }
    return name;
  }
}
