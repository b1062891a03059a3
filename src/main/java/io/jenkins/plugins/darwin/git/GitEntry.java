package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;

/**
 * A file of a commit's tree.
 *
 * @param path relative to the repository's root, with forward slashes
 * @param id of the blob (of the other repository's commit, for a gitlink)
 * @param size in bytes; of a symlink, the length of its target; 0 for a gitlink
 */
public record GitEntry(String path, Mode mode, CommitId id, long size) {
    /** The kinds that Git knows. */
    public enum Mode {
        REGULAR,
        EXECUTABLE,
        SYMLINK,
        /** A commit of another repository (a submodule): it has no content here. */
        GITLINK;

        boolean isFile() {
            return this == REGULAR || this == EXECUTABLE;
        }
    }

    /** Whether there is content to read: a file, executable or not. */
    public boolean isFile() {
        return mode.isFile();
    }
}
