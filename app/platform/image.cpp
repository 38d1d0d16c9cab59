#include "app/platform/image.h"

#include <stb_image_write.h>

#include <new>

namespace gradflow::platform {

std::string png(const Image& image) {
  std::string bytes;
  const auto append = [](void* out, void* data, int size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  };
  const int channels = 3;
  if (stbi_write_png_to_func(append, &bytes, image.width, image.height, channels, image.rgb.data(),
                             image.width * channels) == 0) {
    throw std::bad_alloc();
  }
  return bytes;
}

}  // namespace gradflow::platform
