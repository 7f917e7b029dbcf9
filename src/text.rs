//! Every sentence a human reads.
