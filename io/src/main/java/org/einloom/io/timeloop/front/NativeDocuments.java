package org.einloom.io.timeloop.front;

import java.util.List;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.yaml.YamlNode;

/**
 * Files in native form.
 *
 * @param documents one for all files of the front end; one for each file that was native
 * @param remarks what stands in the files and has no meaning, or was taken in a certain way
 * @param front whether they were for the front end
 */
public record NativeDocuments(List<YamlNode> documents, List<Remark> remarks, boolean front) {
  public NativeDocuments {
    documents = List.copyOf(documents);
    remarks = List.copyOf(remarks);
  }
}
