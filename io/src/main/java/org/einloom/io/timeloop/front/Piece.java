package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.template.Value;

/** A piece of the front end's architecture. */
sealed interface Piece {
  /** Where it begins. */
  Position at();

  /** All nodes in it, in order. */
  List<Node> nodes();

  /** {@code !Hierarchical}, or {@code !Parallel}, whose pieces stand side by side. */
  record Branch(boolean parallel, List<Piece> pieces, Position at) implements Piece {
    public Branch {
      pieces = List.copyOf(pieces);
    }

    @Override
    public List<Node> nodes() {
      return pieces.stream().flatMap(p -> p.nodes().stream()).toList();
    }
  }

  /** {@code !Container}, {@code !Component} or {@code !Nothing}. */
  final class Node implements Piece {
    final String tag;
    final String name;
    final Keyed tree;
    final Position at;

    /** Whether it stands in a branch beside others. */
    final boolean beside;

    boolean enabled = true;
    long meshX = 1;
    long meshY = 1;

    /** The attributes that are its own, computed. */
    final Map<String, Attribute> attributes = new LinkedHashMap<>();

    /** The attributes of containers around it. */
    final Map<String, Attribute> inherited = new LinkedHashMap<>();

    /** What is asked of its loops and tensors, by type. */
    final Map<String, Rules> rules = new LinkedHashMap<>();

    /** What is asked of the place between its instances, by type. */
    final Map<String, Rules> between = new LinkedHashMap<>();

    Node(String tag, String name, Keyed tree, Position at, boolean beside) {
      this.tag = tag;
      this.name = name;
      this.tree = tree;
      this.at = at;
      this.beside = beside;
    }

    @Override
    public Position at() {
      return at;
    }

    @Override
    public List<Node> nodes() {
      return new ArrayList<>(List.of(this));
    }

    boolean isContainer() {
      return tag.equals("!Container");
    }

    boolean isComponent() {
      return tag.equals("!Component");
    }

    boolean hasFanout() {
      return meshX != 1 || meshY != 1;
    }

    /** What the level is called that stands before the instances of a fanout. */
    String spatialName() {
      return "inter_" + name + "_spatial";
    }

    /** Adds to what is asked of a type. */
    static void add(Map<String, Rules> all, String type, Rules more) {
      Rules mine = all.get(type);
      all.put(type, mine == null ? more : mine.and(more));
    }
  }

  /** An attribute: where it is written, and its value. */
  record Attribute(Entry entry, Value value) {}
}
