package io.jenkins.plugins.darwin.git;

import java.nio.file.Path;
import java.util.Map;

/** Where the content behind Git LFS pointers comes from. */
public interface LargeFiles {
    /**
     * Brings content to this machine, each file checked against its pointer.
     *
     * @param pointers by path
     * @return by path, a file that holds the content
     * @throws io.jenkins.plugins.darwin.model.ReleaseException refused, naming the paths, when some of it can't be had
     */
    Map<String, Path> fetch(Map<String, LargeFilePointer> pointers);
}
