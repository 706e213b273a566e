package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.counts.SparseCounts;
import org.einloom.counts.SparseFlow;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.format.TensorFormat;
import org.einloom.model.sparse.SparseModel.Tile;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** What the zeros of a layer save, as JSON. */
final class SparseJson {
  private SparseJson() {}

  static Map<String, @Nullable Object> of(SparseOutcome o, Architecture path) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    SparseCounts counts = o.counts().sparse();
    var densities = new LinkedHashMap<String, Object>();
    for (TensorAccess t : withLaws(o)) {
      var density = new LinkedHashMap<String, Object>();
      density.put("density", o.sparsity().density(t).density());
      density.put("law", o.sparsity().density(t).label());
      densities.put(t.name(), density);
    }
    json.put("tensors", densities);
    var points = new LinkedHashMap<String, Object>();
    points.put("effectual", counts.effectual());
    points.put("done", counts.done());
    points.put("gated", counts.gated());
    points.put("skipped", counts.skipped());
    json.put("points", points);
    json.put("denseFits", o.denseFits());
    json.put("denseEnergyPj", o.dense().map(Evaluation::energyPj).orElse(null));
    json.put("denseCycles", o.dense().map(Evaluation::cycles).orElse(null));
    List<Object> tiles = new ArrayList<>();
    List<Object> flows = new ArrayList<>();
    for (var component : o.counts().dense().components()) {
      for (TensorAccess t : o.einsum().tensors()) {
        Tile tile = o.counts().tiles().get(new Held(component.component(), t.name()));
        if (tile != null) {
          tiles.add(tile(o, component.component(), t, tile));
        }
        var of = counts.at(component.component(), t.name());
        flow(flows, component.component(), t, "reads", of.reads());
        flow(flows, component.component(), t, "fills", of.fills());
        flow(flows, component.component(), t, "updates", of.updates());
        flow(flows, component.component(), t, "drains", of.drains());
      }
    }
    json.put("choice", SparseChoice.json(o.einsum(), path, o.sparsity()));
    json.put("tiles", tiles);
    json.put("flows", flows);
    List<Object> savings = new ArrayList<>();
    for (SparseOutcome.Saved s : o.savings()) {
      var saved = new LinkedHashMap<String, @Nullable Object>();
      saved.put("optimization", s.what());
      saved.put("energyPj", s.energyPj().isPresent() ? s.energyPj().getAsDouble() : null);
      saved.put("cycles", s.cycles().isPresent() ? s.cycles().getAsDouble() : null);
      saved.put("unknown", s.unknown().orElse(null));
      savings.add(saved);
    }
    json.put("savings", savings);
    return json;
  }

  /** The operands, and the result if it is stored by a law of its own. */
  static List<TensorAccess> withLaws(SparseOutcome o) {
    List<TensorAccess> tensors = new ArrayList<>(o.einsum().operands());
    if (o.sparsity().densities().containsKey(o.einsum().output().name())) {
      tensors.add(o.einsum().output());
    }
    return tensors;
  }

  private static Map<String, Object> tile(
      SparseOutcome o, String memory, TensorAccess t, Tile tile) {
    TensorFormat format = o.sparsity().format(memory, t);
    var json = new LinkedHashMap<String, Object>();
    json.put("memory", memory);
    json.put("tensor", t.name());
    json.put("format", format.compresses() ? format.name() : "uncompressed");
    json.put("words", tile.words());
    json.put("expectedWords", tile.expected().words());
    json.put("expectedMetadataBits", tile.expected().metadataBits());
    json.put("worstWords", tile.worst().words());
    json.put("worstMetadataBits", tile.worst().metadataBits());
    return json;
  }

  private static void flow(
      List<Object> flows, String component, TensorAccess t, String name, SparseFlow f) {
    if (f.dense() == 0) {
      return;
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("component", component);
    json.put("tensor", t.name());
    json.put("flow", name);
    json.put("dense", f.dense());
    json.put("done", f.done());
    json.put("gated", f.gated());
    json.put("skipped", f.skipped());
    json.put("metadataBits", f.metadataBits());
    json.put("gatedMetadataBits", f.gatedMetadataBits());
    flows.add(json);
  }
}
