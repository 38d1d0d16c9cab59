// Placeholder until written below.
