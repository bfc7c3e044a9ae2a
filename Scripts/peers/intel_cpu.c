// MKL, which PyTorch's products use, asks this function before it takes AVX-512; preloaded, it
// lets a processor of another maker have it too.
int mkl_serv_intel_cpu_true(void) { return 1; }
